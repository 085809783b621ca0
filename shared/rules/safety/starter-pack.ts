import { CalendarDate } from '../../model/calendar.ts';
import type { CautionRule, InteractionRule, SafetyPack } from '../../model/safety-pack.ts';

/**
 * What every pharmacist agrees on, for medicines that Vietnamese shops really sell: pairs that stand
 * as contraindicated or severe in the monographs of Dược thư Quốc gia Việt Nam (DTQG), in the
 * Ministry's list of contraindicated interactions (QĐ 5948/QĐ-BYT of 30/12/2021) or in the
 * summaries of product characteristics (SmPC) of the drugs. Few rules, and none that cries wolf:
 * whoever sees ten warnings a day reads none. The centre sends a fuller set by the feed.
 */
const dtqg = 'Dược thư Quốc gia Việt Nam';
const list5948 = 'QĐ 5948/QĐ-BYT (30/12/2021)';

const groups: SafetyPack['groups'] = {
  'strong-3a4': [
    'clarithromycin',
    'itraconazol',
    'ketoconazol',
    'voriconazol',
    'posaconazol',
    'ritonavir',
  ],
  statin: [
    'simvastatin',
    'lovastatin',
    'atorvastatin',
    'rosuvastatin',
    'pravastatin',
    'fluvastatin',
    'pitavastatin',
  ],
  nitrate: ['nitroglycerin', 'isosorbid dinitrat', 'isosorbid mononitrat', 'nicorandil'],
  pde5: ['sildenafil', 'tadalafil', 'vardenafil', 'avanafil', 'udenafil'],
  ergot: ['ergotamin', 'dihydroergotamin', 'ergometrin', 'methylergometrin'],
  triptan: ['sumatriptan', 'zolmitriptan', 'rizatriptan', 'naratriptan', 'eletriptan'],
  ssri: [
    'fluoxetin',
    'sertralin',
    'paroxetin',
    'citalopram',
    'escitalopram',
    'fluvoxamin',
    'venlafaxin',
    'duloxetin',
  ],
  nsaid: [
    'ibuprofen',
    'dexibuprofen',
    'diclofenac',
    'naproxen',
    'meloxicam',
    'piroxicam',
    'tenoxicam',
    'celecoxib',
    'etoricoxib',
    'ketoprofen',
    'dexketoprofen',
    'indomethacin',
    'aceclofenac',
    'etodolac',
    'lornoxicam',
    'acid mefenamic',
    'ketorolac',
    'nabumeton',
    'loxoprofen',
    'nimesulid',
  ],
  'ace-inhibitor': [
    'captopril',
    'enalapril',
    'lisinopril',
    'perindopril',
    'ramipril',
    'imidapril',
    'quinapril',
    'benazepril',
    'fosinopril',
  ],
  'angiotensin-blocker': [
    'losartan',
    'valsartan',
    'telmisartan',
    'irbesartan',
    'candesartan',
    'olmesartan',
    'azilsartan',
  ],
  tetracycline: ['tetracyclin', 'doxycyclin', 'minocyclin', 'oxytetracyclin'],
  quinolone: [
    'ciprofloxacin',
    'levofloxacin',
    'ofloxacin',
    'norfloxacin',
    'moxifloxacin',
    'pefloxacin',
    'lomefloxacin',
  ],
  benzodiazepine: [
    'diazepam',
    'alprazolam',
    'bromazepam',
    'clonazepam',
    'lorazepam',
    'midazolam',
    'zolpidem',
    'phenobarbital',
  ],
  opioid: [
    'codein',
    'dihydrocodein',
    'tramadol',
    'morphin',
    'oxycodon',
    'fentanyl',
    'pethidin',
    'methadon',
  ],
  'potassium-saver': ['spironolacton', 'eplerenon', 'amilorid', 'triamteren'],
  'sulfa-trimethoprim': ['trimethoprim', 'sulfamethoxazol'],
};

type Texts = readonly [vi: string, en: string];
type Pair = {
  readonly id: string;
  readonly one: readonly string[];
  readonly other: readonly string[];
  readonly because: Texts;
  readonly reference: string;
};

const contraindicated: readonly Pair[] = [
  {
    id: 'nitrate-pde5',
    one: ['@nitrate'],
    other: ['@pde5'],
    because: [
      'Hạ huyết áp nghiêm trọng, có thể tử vong. Không dùng cùng nhau.',
      'Blood pressure may fall to a fatal level. Never together.',
    ],
    reference: `${list5948}; ${dtqg}: sildenafil`,
  },
  {
    id: 'statin-3a4',
    one: ['simvastatin', 'lovastatin'],
    other: ['@strong-3a4', 'erythromycin'],
    because: [
      'Tiêu cơ vân, suy thận cấp. Đổi kháng sinh, kháng nấm hoặc hỏi bác sĩ về statin khác.',
      'Muscle breakdown and kidney failure. Another antibiotic or antifungal, or another statin by the doctor.',
    ],
    reference: `${list5948}; ${dtqg}: simvastatin`,
  },
  {
    id: 'simvastatin-gemfibrozil',
    one: ['simvastatin'],
    other: ['gemfibrozil', 'ciclosporin', 'danazol'],
    because: ['Tiêu cơ vân, suy thận cấp.', 'Muscle breakdown and kidney failure.'],
    reference: `${list5948}; ${dtqg}: simvastatin`,
  },
  {
    id: 'ergot-3a4',
    one: ['ergotamin', 'dihydroergotamin'],
    other: ['@strong-3a4', 'erythromycin'],
    because: [
      'Co mạch kéo dài, hoại tử đầu chi.',
      'Lasting spasm of the arteries; fingers and toes may die.',
    ],
    reference: `${list5948}; ${dtqg}: ergotamin`,
  },
  {
    id: 'ergot-triptan',
    one: ['@ergot'],
    other: ['@triptan'],
    because: [
      'Co thắt mạch vành. Phải cách nhau ít nhất 24 giờ.',
      'Spasm of the heart arteries. At least 24 hours apart.',
    ],
    reference: `${list5948}; ${dtqg}: sumatriptan`,
  },
  {
    id: 'domperidone-3a4',
    one: ['domperidon'],
    other: ['@strong-3a4', 'erythromycin', 'fluconazol'],
    because: [
      'Kéo dài khoảng QT, loạn nhịp tim nguy hiểm.',
      'Long QT interval; dangerous disturbance of the heart rhythm.',
    ],
    reference: `${list5948}; SmPC domperidone 4.3`,
  },
  {
    id: 'maoi-serotonin',
    one: ['selegilin', 'moclobemid'],
    other: ['@ssri', 'pethidin', 'tramadol', 'dextromethorphan'],
    because: ['Hội chứng serotonin, có thể tử vong.', 'Serotonin syndrome, which may be fatal.'],
    reference: `${list5948}; ${dtqg}: selegilin`,
  },
  {
    id: 'maoi-sympathomimetic',
    one: ['selegilin', 'moclobemid'],
    other: ['pseudoephedrin', 'ephedrin', 'phenylephrin'],
    because: ['Cơn tăng huyết áp kịch phát.', 'Hypertensive crisis.'],
    reference: `${dtqg}: pseudoephedrin`,
  },
  {
    id: 'tizanidine-1a2',
    one: ['tizanidin'],
    other: ['ciprofloxacin', 'fluvoxamin'],
    because: [
      'Nồng độ tizanidin tăng khoảng 10 lần: tụt huyết áp, ngủ gà sâu.',
      'Tizanidine rises about tenfold: fall of blood pressure, deep sleepiness.',
    ],
    reference: `${list5948}; SmPC tizanidine 4.3`,
  },
  {
    id: 'ivabradine-3a4',
    one: ['ivabradin'],
    other: ['@strong-3a4'],
    because: ['Nhịp tim chậm nguy hiểm.', 'Dangerously slow heart.'],
    reference: `${list5948}; SmPC ivabradine 4.3`,
  },
  {
    id: 'ticagrelor-3a4',
    one: ['ticagrelor'],
    other: ['@strong-3a4'],
    because: ['Tăng mạnh nguy cơ chảy máu.', 'Strongly raised risk of bleeding.'],
    reference: `${list5948}; SmPC ticagrelor 4.3`,
  },
  {
    id: 'triazolam-midazolam-azole',
    one: ['midazolam', 'triazolam'],
    other: ['itraconazol', 'ketoconazol', 'ritonavir', 'posaconazol'],
    because: ['Ngủ sâu kéo dài, ức chế hô hấp.', 'Deep lasting sleep, weak breathing.'],
    reference: `${list5948}; ${dtqg}: itraconazol`,
  },
  {
    id: 'isotretinoin-tetracycline',
    one: ['isotretinoin', 'acitretin'],
    other: ['@tetracycline'],
    because: ['Tăng áp lực nội sọ lành tính.', 'Raised pressure inside the skull.'],
    reference: `${list5948}; SmPC isotretinoin 4.3`,
  },
  {
    id: 'sacubitril-ace',
    one: ['sacubitril'],
    other: ['@ace-inhibitor'],
    because: [
      'Phù mạch đe dọa tính mạng. Phải cách nhau 36 giờ.',
      'Life-threatening swelling. 36 hours apart.',
    ],
    reference: `${list5948}; SmPC sacubitril/valsartan 4.3`,
  },
  {
    id: 'methotrexate-trimethoprim',
    one: ['methotrexat'],
    other: ['@sulfa-trimethoprim'],
    because: ['Suy tủy xương nặng.', 'Failure of the bone marrow.'],
    reference: `${list5948}; ${dtqg}: methotrexat`,
  },
  {
    id: 'metoclopramide-levodopa',
    one: ['metoclopramid'],
    other: ['levodopa', 'pramipexol', 'ropinirol', 'bromocriptin'],
    because: ['Hai thuốc mất tác dụng của nhau.', 'Each takes away the effect of the other.'],
    reference: 'SmPC metoclopramide 4.3',
  },
  {
    id: 'agomelatine-1a2',
    one: ['agomelatin'],
    other: ['ciprofloxacin', 'fluvoxamin'],
    because: ['Độc tính trên gan.', 'Harm to the liver.'],
    reference: 'SmPC agomelatine 4.3',
  },
];

const severe: readonly Pair[] = [
  {
    id: 'colchicine-3a4',
    one: ['colchicin'],
    other: ['clarithromycin', 'itraconazol', 'ketoconazol', 'ritonavir', 'ciclosporin'],
    because: ['Ngộ độc colchicin, đã có ca tử vong.', 'Colchicine poisoning; deaths are known.'],
    reference: `${list5948}; ${dtqg}: colchicin`,
  },
  {
    id: 'isotretinoin-vitamin-a',
    one: ['isotretinoin', 'acitretin'],
    other: ['vitamin A'],
    because: ['Ngộ độc vitamin A.', 'Vitamin A poisoning.'],
    reference: 'SmPC isotretinoin 4.5',
  },
  {
    id: 'warfarin-nsaid',
    one: ['warfarin', 'acenocoumarol'],
    other: ['@nsaid', 'aspirin'],
    because: [
      'Chảy máu nặng. Cân nhắc paracetamol để giảm đau.',
      'Severe bleeding. Think of paracetamol for the pain.',
    ],
    reference: `${dtqg}: warfarin`,
  },
  {
    id: 'warfarin-antimicrobial',
    one: ['warfarin', 'acenocoumarol'],
    other: ['metronidazol', 'fluconazol', 'miconazol', '@sulfa-trimethoprim', 'clarithromycin'],
    because: [
      'INR tăng, chảy máu nặng. Cần bác sĩ theo dõi INR.',
      'INR rises; severe bleeding. The doctor must watch the INR.',
    ],
    reference: `${dtqg}: warfarin`,
  },
  {
    id: 'anticoagulant-nsaid',
    one: ['rivaroxaban', 'apixaban', 'dabigatran', 'edoxaban'],
    other: ['@nsaid', 'aspirin'],
    because: ['Chảy máu nặng.', 'Severe bleeding.'],
    reference: 'SmPC rivaroxaban 4.5',
  },
  {
    id: 'clopidogrel-omeprazole',
    one: ['clopidogrel'],
    other: ['omeprazol', 'esomeprazol'],
    because: [
      'Clopidogrel mất tác dụng. Cân nhắc pantoprazol.',
      'Clopidogrel loses its effect. Think of pantoprazole.',
    ],
    reference: `${dtqg}: clopidogrel; SmPC 4.5`,
  },
  {
    id: 'opioid-benzodiazepine',
    one: ['@opioid'],
    other: ['@benzodiazepine'],
    because: ['Ức chế hô hấp, có thể tử vong.', 'Weak breathing, which may be fatal.'],
    reference: `${dtqg}: codein, diazepam`,
  },
  {
    id: 'tramadol-ssri',
    one: ['tramadol', 'dextromethorphan'],
    other: ['@ssri', 'linezolid'],
    because: ['Hội chứng serotonin, co giật.', 'Serotonin syndrome, fits.'],
    reference: `${dtqg}: tramadol`,
  },
  {
    id: 'linezolid-ssri',
    one: ['linezolid'],
    other: ['@ssri', 'pseudoephedrin'],
    because: [
      'Hội chứng serotonin hoặc tăng huyết áp.',
      'Serotonin syndrome or high blood pressure.',
    ],
    reference: 'SmPC linezolid 4.4',
  },
  {
    id: 'methotrexate-nsaid',
    one: ['methotrexat'],
    other: ['@nsaid', 'aspirin'],
    because: ['Tăng độc tính methotrexat.', 'Methotrexate becomes more toxic.'],
    reference: `${dtqg}: methotrexat`,
  },
  {
    id: 'azathioprine-xanthine',
    one: ['azathioprin', 'mercaptopurin'],
    other: ['allopurinol', 'febuxostat'],
    because: ['Suy tủy xương nặng.', 'Failure of the bone marrow.'],
    reference: `${dtqg}: azathioprin`,
  },
  {
    id: 'lithium-nsaid',
    one: ['lithi'],
    other: ['@nsaid', '@ace-inhibitor', '@angiotensin-blocker', 'hydroclorothiazid', 'indapamid'],
    because: ['Ngộ độc lithi.', 'Lithium poisoning.'],
    reference: `${dtqg}: lithi carbonat`,
  },
  {
    id: 'theophylline-1a2',
    one: ['theophylin', 'aminophylin'],
    other: ['ciprofloxacin', 'erythromycin', 'clarithromycin', 'fluvoxamin'],
    because: [
      'Ngộ độc theophylin: co giật, loạn nhịp.',
      'Theophylline poisoning: fits, arrhythmia.',
    ],
    reference: `${dtqg}: theophylin`,
  },
  {
    id: 'carbamazepine-macrolide',
    one: ['carbamazepin'],
    other: ['clarithromycin', 'erythromycin'],
    because: ['Ngộ độc carbamazepin.', 'Carbamazepine poisoning.'],
    reference: `${dtqg}: carbamazepin`,
  },
  {
    id: 'potassium-saver-potassium',
    one: ['@potassium-saver'],
    other: ['kali clorid', 'kali citrat'],
    because: ['Tăng kali máu, ngừng tim.', 'High potassium; the heart may stop.'],
    reference: `${dtqg}: spironolacton`,
  },
  {
    id: 'ace-angiotensin',
    one: ['@ace-inhibitor'],
    other: ['@angiotensin-blocker'],
    because: [
      'Tăng kali máu, suy thận, tụt huyết áp.',
      'High potassium, kidney failure, low pressure.',
    ],
    reference: 'EMA 2014, phong tỏa kép hệ renin-angiotensin',
  },
  {
    id: 'verapamil-beta-blocker',
    one: ['verapamil', 'diltiazem'],
    other: ['propranolol', 'atenolol', 'metoprolol', 'bisoprolol', 'carvedilol', 'nebivolol'],
    because: ['Nhịp chậm, block tim.', 'Slow heart, heart block.'],
    reference: `${dtqg}: verapamil`,
  },
  {
    id: 'nsaid-nsaid',
    one: ['@nsaid'],
    other: ['@nsaid'],
    because: [
      'Hai thuốc chống viêm cùng lúc: loét, xuất huyết tiêu hóa, không tăng tác dụng.',
      'Two anti-inflammatory drugs at once: ulcers and bleeding, and no more effect.',
    ],
    reference: `${dtqg}: ibuprofen`,
  },
  {
    id: 'digoxin-macrolide',
    one: ['digoxin'],
    other: ['clarithromycin', 'erythromycin', 'amiodaron', 'verapamil'],
    because: ['Ngộ độc digoxin.', 'Digoxin poisoning.'],
    reference: `${dtqg}: digoxin`,
  },
  {
    id: 'atorvastatin-3a4',
    one: ['atorvastatin'],
    other: ['clarithromycin', 'itraconazol', 'ciclosporin', 'ritonavir'],
    because: [
      'Tiêu cơ vân. Cần giảm liều hoặc đổi thuốc.',
      'Muscle breakdown. Less, or another drug.',
    ],
    reference: `${dtqg}: atorvastatin`,
  },
];

type Caution = Omit<CautionRule, 'actives' | 'reason' | 'severity'> & {
  readonly actives: readonly string[];
  readonly because: Texts;
  readonly severity?: 'severe';
};
const years = (count: number) => ({ kind: 'younger-than', months: 12 * count }) as const;
const pregnant = { kind: 'pregnant' } as const;
const breastFeeding = { kind: 'breast-feeding' } as const;

const cautions: readonly Caution[] = [
  {
    id: 'aspirin-child',
    actives: ['aspirin'],
    who: years(16),
    route: 'systemic',
    because: ['Hội chứng Reye. Dùng paracetamol.', 'Reye syndrome. Paracetamol instead.'],
    reference: `${dtqg}: acid acetylsalicylic`,
  },
  {
    id: 'codeine-child',
    actives: ['codein', 'dihydrocodein', 'tramadol'],
    who: years(12),
    route: 'systemic',
    because: ['Ức chế hô hấp ở trẻ dưới 12 tuổi.', 'Weak breathing in children under 12.'],
    reference: 'EMA 2013, 2015; FDA 2017; Cục QLD',
  },
  {
    id: 'codeine-breast-feeding',
    actives: ['codein', 'dihydrocodein', 'tramadol'],
    who: breastFeeding,
    route: 'systemic',
    because: [
      'Qua sữa mẹ, ức chế hô hấp trẻ bú.',
      'Passes into milk; the baby may stop breathing.',
    ],
    reference: 'EMA 2013; FDA 2017',
  },
  {
    id: 'tetracycline-child',
    actives: ['@tetracycline'],
    who: years(8),
    route: 'systemic',
    because: ['Hỏng men răng, xương ở trẻ dưới 8 tuổi.', 'Damages teeth and bones under 8 years.'],
    reference: `${dtqg}: doxycyclin`,
  },
  {
    id: 'tetracycline-pregnant',
    actives: ['@tetracycline'],
    who: pregnant,
    route: 'systemic',
    because: ['Hỏng răng, xương của thai.', "Damages the child's teeth and bones."],
    reference: `${dtqg}: doxycyclin`,
  },
  {
    id: 'quinolone-child',
    actives: ['@quinolone'],
    who: years(18),
    route: 'systemic',
    severity: 'severe',
    because: [
      'Tổn thương sụn khớp. Chỉ theo chỉ định bác sĩ.',
      'Harm to the joints. Only by a doctor.',
    ],
    reference: `${dtqg}: ciprofloxacin`,
  },
  {
    id: 'quinolone-pregnant',
    actives: ['@quinolone'],
    who: pregnant,
    route: 'systemic',
    severity: 'severe',
    because: ['Có thể hại sụn của thai.', "May harm the child's joints."],
    reference: `${dtqg}: ciprofloxacin`,
  },
  {
    id: 'loperamide-infant',
    actives: ['loperamid', 'diphenoxylat'],
    who: years(2),
    route: 'systemic',
    because: [
      'Liệt ruột, ức chế hô hấp. Bù nước bằng oresol.',
      'Paralysed bowel. Rehydrate with ORS.',
    ],
    reference: `${dtqg}: loperamid`,
  },
  {
    id: 'loperamide-child',
    actives: ['loperamid'],
    who: years(6),
    route: 'systemic',
    severity: 'severe',
    because: ['Không khuyên dùng cho trẻ dưới 6 tuổi.', 'Not advised under 6 years.'],
    reference: `${dtqg}: loperamid`,
  },
  {
    id: 'metoclopramide-infant',
    actives: ['metoclopramid'],
    who: years(1),
    route: 'systemic',
    because: ['Hội chứng ngoại tháp.', 'Disorders of movement.'],
    reference: 'EMA 2013; SmPC metoclopramide 4.3',
  },
  {
    id: 'domperidone-child',
    actives: ['domperidon'],
    who: years(12),
    route: 'systemic',
    severity: 'severe',
    because: [
      'Loạn nhịp tim; không có lợi ích ở trẻ dưới 12 tuổi.',
      'Arrhythmia; no benefit under 12.',
    ],
    reference: 'EMA/PRAC 2014, 2019',
  },
  {
    id: 'promethazine-infant',
    actives: ['promethazin', 'alimemazin'],
    who: years(2),
    route: 'systemic',
    because: ['Ngừng thở ở trẻ dưới 2 tuổi.', 'Breathing may stop under 2 years.'],
    reference: `${dtqg}: promethazin`,
  },
  {
    id: 'dextromethorphan-infant',
    actives: ['dextromethorphan'],
    who: years(2),
    route: 'systemic',
    because: ['Chống chỉ định cho trẻ dưới 2 tuổi.', 'Contraindicated under 2 years.'],
    reference: `${dtqg}: dextromethorphan`,
  },
  {
    id: 'pseudoephedrine-infant',
    actives: ['pseudoephedrin', 'phenylephrin'],
    who: years(2),
    route: 'systemic',
    because: ['Co giật, nhịp tim nhanh ở trẻ dưới 2 tuổi.', 'Fits and racing heart under 2 years.'],
    reference: 'FDA 2008, thuốc ho và cảm lạnh',
  },
  {
    id: 'naphazoline-child',
    actives: ['naphazolin'],
    who: years(7),
    route: 'local',
    because: [
      'Hôn mê, hạ thân nhiệt ở trẻ nhỏ. Dùng nước muối sinh lý.',
      'Coma and cold in small children. Saline instead.',
    ],
    reference: `${dtqg}: naphazolin`,
  },
  {
    id: 'xylometazoline-infant',
    actives: ['xylometazolin', 'oxymetazolin'],
    who: years(2),
    route: 'local',
    because: ['Ức chế thần kinh ở trẻ dưới 2 tuổi.', 'Dulls the nerves of children under 2.'],
    reference: `${dtqg}: xylometazolin`,
  },
  {
    id: 'menthol-infant',
    actives: ['menthol', 'camphor'],
    who: years(2),
    route: 'any',
    because: ['Co thắt thanh quản, co giật.', 'Spasm of the throat, fits.'],
    reference: `${dtqg}: menthol, camphor`,
  },
  {
    id: 'nimesulide-child',
    actives: ['nimesulid'],
    who: years(12),
    route: 'systemic',
    because: ['Độc gan ở trẻ dưới 12 tuổi.', 'Harm to the liver under 12 years.'],
    reference: 'SmPC nimesulide 4.3',
  },
  {
    id: 'isotretinoin-pregnant',
    actives: ['isotretinoin', 'acitretin', 'thalidomid', 'ribavirin', 'leflunomid', 'methotrexat'],
    who: pregnant,
    route: 'systemic',
    because: ['Gây quái thai.', 'Malforms the child.'],
    reference: `${dtqg}: isotretinoin`,
  },
  {
    id: 'misoprostol-pregnant',
    actives: ['misoprostol', '@ergot'],
    who: pregnant,
    route: 'systemic',
    because: ['Co bóp tử cung, sảy thai.', 'Contractions; loss of the child.'],
    reference: `${dtqg}: misoprostol, ergotamin`,
  },
  {
    id: 'warfarin-pregnant',
    actives: ['warfarin', 'acenocoumarol'],
    who: pregnant,
    route: 'systemic',
    severity: 'severe',
    because: ['Dị tật, xuất huyết thai. Hỏi bác sĩ.', 'Malformation, bleeding. Ask the doctor.'],
    reference: `${dtqg}: warfarin`,
  },
  {
    id: 'renin-pregnant',
    actives: ['@ace-inhibitor', '@angiotensin-blocker', 'sacubitril', 'aliskiren'],
    who: pregnant,
    route: 'systemic',
    because: [
      'Suy thận, chết thai. Hỏi bác sĩ để đổi thuốc.',
      'Kidney failure or death of the child.',
    ],
    reference: `${dtqg}: enalapril, losartan`,
  },
  {
    id: 'statin-pregnant',
    actives: ['@statin'],
    who: pregnant,
    route: 'systemic',
    severity: 'severe',
    because: [
      'Ngừng statin khi mang thai, hỏi bác sĩ.',
      'Stop statins in pregnancy; ask the doctor.',
    ],
    reference: `${dtqg}: simvastatin`,
  },
  {
    id: 'valproate-pregnant',
    actives: ['valproat', 'topiramat', 'carbamazepin', 'phenobarbital'],
    who: pregnant,
    route: 'systemic',
    severity: 'severe',
    because: [
      'Dị tật thai. Không tự ngừng thuốc; hỏi bác sĩ.',
      'Malformation. Do not stop; ask the doctor.',
    ],
    reference: 'EMA 2018; Dược thư: valproat',
  },
  {
    id: 'nsaid-pregnant',
    actives: ['@nsaid'],
    who: pregnant,
    route: 'systemic',
    severity: 'severe',
    because: [
      'Tránh từ tuần 20; chống chỉ định 3 tháng cuối. Dùng paracetamol.',
      'Avoid from week 20, never in the last 3 months. Paracetamol instead.',
    ],
    reference: `${dtqg}: ibuprofen; FDA 2020`,
  },
  {
    id: 'finasteride-pregnant',
    actives: ['finasterid', 'dutasterid'],
    who: pregnant,
    route: 'systemic',
    because: ['Dị tật cơ quan sinh dục thai nam.', 'Malforms boys.'],
    reference: `${dtqg}: finasterid`,
  },
  {
    id: 'griseofulvin-pregnant',
    actives: ['griseofulvin', 'albendazol', 'mebendazol'],
    who: pregnant,
    route: 'systemic',
    severity: 'severe',
    because: [
      'Có thể gây dị tật, nhất là 3 tháng đầu.',
      'May malform the child, first 3 months most.',
    ],
    reference: `${dtqg}: albendazol, griseofulvin`,
  },
];

/** In force until the centre sends another. */
export const starterPack: SafetyPack = {
  version: 1,
  validFrom: CalendarDate.parse('2026-01-01'),
  validUntil: null,
  source: `Bộ quy tắc khởi đầu; ${list5948}; ${dtqg}`,
  groups,
  interactions: [
    ...contraindicated.map((pair) => interactionOf(pair, 'contraindicated')),
    ...severe.map((pair) => interactionOf(pair, 'severe')),
  ],
  cautions: cautions.map(({ actives, because, severity, ...caution }) => ({
    ...caution,
    actives: [...actives],
    severity: severity ?? 'contraindicated',
    reason: sentence(because),
  })),
};

function interactionOf(pair: Pair, severity: InteractionRule['severity']): InteractionRule {
  const { id, one, other, because, reference } = pair;
  return { id, one: [...one], other: [...other], severity, reason: sentence(because), reference };
}

function sentence([vi, en]: Texts) {
  return { vi, en };
}
