-- Figures of the process have a scope of their own. Keys that could read them before still can.
update api_key set scopes = array_append(scopes, 'read:metrics')
where 'read:shops' = any (scopes) and not 'read:metrics' = any (scopes);
