/** What a category sells: names, choices and price range of its offers. */
export interface CategoryWords {
  id: number;
  name: string;
  /** Two or three letters that begin its article numbers. */
  code: string;
  nouns: readonly string[];
  adjectives: readonly string[];
  unit: string;
  /** Choices a buyer makes; the cross product of some of them makes the variants. */
  options: readonly { name: string; values: readonly string[] }[];
  priceYuan: readonly [number, number];
  minOrderQuantity: readonly number[];
}

const colours = ['白色', '黑色', '灰色', '米色', '藏青', '粉色', '墨绿', '卡其'];

/** Twelve categories of everyday goods as wholesalers offer them. */
export const categories: readonly CategoryWords[] = [
  {
    id: 10166,
    name: '女装',
    code: 'NZ',
    nouns: ['短袖T恤', '针织开衫', '碎花连衣裙', '高腰半身裙', '阔腿裤', '衬衫'],
    adjectives: ['宽松显瘦', '韩版', '纯棉', '冰丝', '法式', '通勤'],
    unit: '件',
    options: [
      { name: '颜色', values: colours },
      { name: '尺码', values: ['S', 'M', 'L', 'XL'] },
    ],
    priceYuan: [18, 88],
    minOrderQuantity: [1, 2, 3],
  },
  {
    id: 10165,
    name: '男装',
    code: 'NA',
    nouns: ['圆领T恤', '休闲夹克', '束脚运动裤', '商务衬衫', '连帽卫衣', '牛仔裤'],
    adjectives: ['加绒', '重磅', '速干', '直筒', '美式复古', '免烫'],
    unit: '件',
    options: [
      { name: '颜色', values: colours },
      { name: '尺码', values: ['M', 'L', 'XL', '2XL'] },
    ],
    priceYuan: [22, 120],
    minOrderQuantity: [1, 2, 3],
  },
  {
    id: 311,
    name: '童装',
    code: 'TZ',
    nouns: ['儿童卫衣套装', '婴儿连体衣', '女童公主裙', '男童短裤', '儿童睡衣'],
    adjectives: ['纯棉', '卡通印花', '加厚', '透气网眼', 'A类'],
    unit: '套',
    options: [
      { name: '颜色', values: colours },
      { name: '身高', values: ['90cm', '100cm', '110cm', '120cm'] },
    ],
    priceYuan: [15, 65],
    minOrderQuantity: [2, 3],
  },
  {
    id: 1038378,
    name: '鞋靴',
    code: 'XX',
    nouns: ['小白鞋', '老爹鞋', '居家拖鞋', '马丁靴', '帆布鞋'],
    adjectives: ['厚底增高', '防滑', '软底', '透气', '踩屎感'],
    unit: '双',
    options: [
      { name: '颜色', values: colours },
      { name: '鞋码', values: ['36', '37', '38', '39', '40', '41'] },
    ],
    priceYuan: [12, 95],
    minOrderQuantity: [1, 2],
  },
  {
    id: 1042954,
    name: '箱包',
    code: 'XB',
    nouns: ['双肩包', '斜挎小包', '旅行收纳袋', '拉杆箱', '帆布手提袋'],
    adjectives: ['大容量', '防泼水', '轻便', '复古', '可折叠'],
    unit: '个',
    options: [{ name: '颜色', values: colours }],
    priceYuan: [9, 150],
    minOrderQuantity: [1, 2, 5],
  },
  {
    id: 13,
    name: '家居收纳',
    code: 'JJ',
    nouns: ['抽屉收纳盒', '衣物收纳箱', '免打孔置物架', '桌面收纳筐', '真空压缩袋'],
    adjectives: ['加厚', '透明', '可叠加', '大号', '日式'],
    unit: '个',
    options: [{ name: '规格', values: ['小号', '中号', '大号', '特大号'] }],
    priceYuan: [3, 45],
    minOrderQuantity: [5, 10],
  },
  {
    id: 122916001,
    name: '厨房用品',
    code: 'CF',
    nouns: ['不锈钢保温杯', '硅胶锅铲', '密封罐', '切菜板', '沥水篮', '油壶'],
    adjectives: ['食品级', '304', '防烫', '北欧风', '家用'],
    unit: '个',
    options: [{ name: '颜色', values: ['奶白', '雾蓝', '浅绿', '樱粉'] }],
    priceYuan: [4, 48],
    minOrderQuantity: [2, 5, 10],
  },
  {
    id: 7,
    name: '数码配件',
    code: 'SM',
    nouns: ['快充数据线', '手机支架', '无线充电器', '蓝牙耳机', '移动电源', '手机壳'],
    adjectives: ['超级快充', '编织', '磁吸', '迷你', '防摔'],
    unit: '个',
    options: [{ name: '颜色', values: ['白色', '黑色', '蓝色', '紫色'] }],
    priceYuan: [3, 89],
    minOrderQuantity: [2, 5],
  },
  {
    id: 97,
    name: '美妆工具',
    code: 'MZ',
    nouns: ['化妆刷套装', '美妆蛋', '睫毛夹', '化妆镜', '发圈组合'],
    adjectives: ['便携', '不吃粉', '柔软', '网红', '学生'],
    unit: '套',
    options: [{ name: '款式', values: ['基础款', '升级款', '礼盒款'] }],
    priceYuan: [2, 39],
    minOrderQuantity: [3, 5, 10],
  },
  {
    id: 1813,
    name: '玩具',
    code: 'WJ',
    nouns: ['积木拼装车', '泡泡机', '毛绒公仔', '惯性小汽车', '益智拼图', '捏捏乐'],
    adjectives: ['儿童', '大颗粒', '电动', '解压', '仿真'],
    unit: '个',
    options: [{ name: '款式', values: ['A款', 'B款', 'C款', 'D款'] }],
    priceYuan: [2, 58],
    minOrderQuantity: [2, 6, 12],
  },
  {
    id: 1037004,
    name: '办公文具',
    code: 'WU',
    nouns: ['中性笔', '便利贴', '活页笔记本', '文件夹', '荧光笔套装', '订书机'],
    adjectives: ['速干', '学生用', '加厚', '莫兰迪', '办公'],
    unit: '盒',
    options: [{ name: '规格', values: ['12支装', '24支装', '48支装'] }],
    priceYuan: [2, 26],
    minOrderQuantity: [5, 10],
  },
  {
    id: 130822002,
    name: '宠物用品',
    code: 'CW',
    nouns: ['猫抓板', '宠物饮水机', '狗狗牵引绳', '猫砂盆', '宠物零食罐', '逗猫棒'],
    adjectives: ['静音', '耐磨', '加大', '可拆洗', '自动'],
    unit: '个',
    options: [{ name: '规格', values: ['S', 'M', 'L'] }],
    priceYuan: [3, 79],
    minOrderQuantity: [1, 2, 3],
  },
];

/** Where goods come from: names of suppliers, two to each category in turn. */
export const supplierNames: readonly string[] = [
  '义乌市恒源百货厂',
  '广州锦绣服饰有限公司',
  '泉州安步鞋业',
  '深圳市明锐电子厂',
  '揭阳市顺兴塑料制品厂',
  '永康市康美杯业',
  '汕头市澄海区乐童玩具厂',
  '宁波文海文具有限公司',
  '平湖市远行箱包厂',
  '东莞市妍丽美妆工具厂',
  '湖州织里小象童装厂',
  '温州爪爪宠物用品厂',
];
