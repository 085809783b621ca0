import type { StarterSection } from './starter-table.ts';

/** Diabetes, hormones, contraception, vitamins and minerals. */
export const metabolismSections: readonly StarterSection[] = [
  {
    group: 'Đái tháo đường',
    firstNumber: 901,
    table: `
Metformin 500 mg | metformin hydroclorid 500 mg | tiểu đường; Glucophage
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | BM | 500
Metformin 850 mg | metformin hydroclorid 850 mg | tiểu đường
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | BM | 700
Metformin 1000 mg | metformin hydroclorid 1000 mg | tiểu đường
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | BM | 1300
Metformin XR 750 mg | metformin hydroclorid 750 mg | tiểu đường
  Viên nén phóng thích kéo dài | Rx | Hộp 2 vỉ x 15 viên | PH | 3700
Gliclazid 30 mg | gliclazid 30 mg | tiểu đường; Diamicron MR
  Viên nén phóng thích kéo dài | Rx | Hộp 2 vỉ x 30 viên | CN | 900
Gliclazid 60 mg | gliclazid 60 mg | tiểu đường
  Viên nén phóng thích kéo dài | Rx | Hộp 2 vỉ x 15 viên | CN | 2300
Gliclazid 80 mg | gliclazid 80 mg | tiểu đường
  Viên nén | Rx | Hộp 5 vỉ x 20 viên | AD | 900
Glimepirid 2 mg | glimepirid 2 mg | tiểu đường; Amaryl
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | HG | 900
Glimepirid 4 mg | glimepirid 4 mg | tiểu đường
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | HG | 1500
Glibenclamid Metformin | glibenclamid 2,5 mg; metformin hydroclorid 500 mg | tiểu đường; Glucovance
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | PH | 3300
Sitagliptin 50 mg | sitagliptin 50 mg | tiểu đường
  Viên nén bao phim | Rx | Hộp 2 vỉ x 14 viên | AD | 6900
Sitagliptin 100 mg | sitagliptin 100 mg | tiểu đường; Januvia
  Viên nén bao phim | Rx | Hộp 2 vỉ x 14 viên | AD | 11800
Vildagliptin 50 mg | vildagliptin 50 mg | tiểu đường; Galvus
  Viên nén | Rx | Hộp 2 vỉ x 14 viên | AD | 5400
Vildagliptin Metformin | vildagliptin 50 mg; metformin hydroclorid 850 mg | tiểu đường; Galvus Met
  Viên nén bao phim | Rx | Hộp 6 vỉ x 10 viên | AD | 7800
Linagliptin 5 mg | linagliptin 5 mg | tiểu đường; Trajenta
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | DU | 14500
Empagliflozin 10 mg | empagliflozin 10 mg | tiểu đường; suy tim; Jardiance
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | DU | 21000
Dapagliflozin 10 mg | dapagliflozin 10 mg | tiểu đường; suy tim; Forxiga
  Viên nén bao phim | Rx | Hộp 2 vỉ x 14 viên | AD | 16500
Acarbose 50 mg | acarbose 50 mg | tiểu đường; Glucobay
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | DU | 2600
Insulin trộn 30/70 | insulin người 100 IU/ml | tiểu đường; tiêm insulin; Mixtard
  Hỗn dịch tiêm | Rx | Hộp 1 lọ x 10 ml | DU | 72000
Insulin glargin 300 IU | insulin glargin 100 IU/ml | tiểu đường; bút tiêm; Lantus
  Dung dịch tiêm | Rx | Hộp 5 bút tiêm x 3 ml | DU | 258000
Insulin aspart 300 IU | insulin aspart 100 IU/ml | tiểu đường; bút tiêm
  Dung dịch tiêm | Rx | Hộp 5 bút tiêm x 3 ml | DU | 226000
`,
  },
  {
    group: 'Nội tiết, corticoid',
    firstNumber: 951,
    table: `
Levothyroxin 50 mcg | levothyroxin natri 50 mcg | suy giáp; Berlthyrox
  Viên nén | Rx | Hộp 4 vỉ x 25 viên | DU | 900
Levothyroxin 100 mcg | levothyroxin natri 100 mcg | suy giáp
  Viên nén | Rx | Hộp 4 vỉ x 25 viên | DU | 1100
Thiamazol 5 mg | thiamazol 5 mg | cường giáp; Thyrozol
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | DU | 1500
Propylthiouracil 50 mg | propylthiouracil 50 mg | cường giáp; PTU
  Viên nén | Rx | Hộp 1 lọ 100 viên | LT | 500
Prednisolon 5 mg | prednisolon 5 mg | kháng viêm; corticoid
  Viên nén | Rx | Chai 200 viên | BM | 300
Methylprednisolon 4 mg | methylprednisolon 4 mg | kháng viêm; Medrol
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | CN | 900
Methylprednisolon 16 mg | methylprednisolon 16 mg | kháng viêm; Medrol 16
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | CN | 2400
Dexamethason 0,5 mg | dexamethason 0,5 mg | kháng viêm; corticoid
  Viên nén | Rx | Hộp 10 vỉ x 30 viên | LT | 150
Betamethason Dexclorpheniramin | betamethason 0,25 mg; dexclorpheniramin maleat 2 mg
  dị ứng; Celestamine
  Viên nén | Rx | Hộp 2 vỉ x 15 viên | CN | 500
Alendronat 70 mg | acid alendronic 70 mg | loãng xương; Fosamax
  Viên nén | Rx | Hộp 1 vỉ x 4 viên | AD | 26000
`,
  },
  {
    group: 'Phụ khoa, tránh thai, tiết niệu',
    firstNumber: 971,
    table: `
Levonorgestrel 1,5 mg | levonorgestrel 1,5 mg | tránh thai khẩn cấp; Postinor
  Viên nén | OTC | Hộp 1 vỉ x 1 viên | TL | 35000
Levonorgestrel 0,75 mg | levonorgestrel 0,75 mg | tránh thai khẩn cấp
  Viên nén | OTC | Hộp 1 vỉ x 2 viên | CN | 9500
Ulipristal 30 mg | ulipristal acetat 30 mg | tránh thai khẩn cấp
  Viên nén | Rx | Hộp 1 vỉ x 1 viên | PH | 235000
Tránh thai hằng ngày Newlevo | levonorgestrel 0,15 mg; ethinylestradiol 0,03 mg
  ngừa thai; Newchoice
  Viên nén bao phim | OTC | Hộp 1 vỉ x 28 viên | TL | 900
Tránh thai hằng ngày Desodiol | desogestrel 0,15 mg; ethinylestradiol 0,02 mg | ngừa thai; Mercilon
  Viên nén | Rx | Hộp 1 vỉ x 21 viên | DU | 4300
Tránh thai hằng ngày Drosperin | drospirenon 3 mg; ethinylestradiol 0,02 mg | ngừa thai; Yaz
  Viên nén bao phim | Rx | Hộp 1 vỉ x 28 viên | DU | 7200
Tránh thai cho con bú Desogestin | desogestrel 0,075 mg | ngừa thai cho con bú
  Viên nén bao phim | Rx | Hộp 1 vỉ x 28 viên | DU | 4900
Progesteron 200 mg | progesteron 200 mg | dọa sảy; nội tiết; Utrogestan
  Viên nang mềm | Rx | Hộp 1 vỉ x 15 viên | PH | 14800
Dydrogesteron 10 mg | dydrogesteron 10 mg | dọa sảy; rối loạn kinh nguyệt; Duphaston
  Viên nén bao phim | Rx | Hộp 1 vỉ x 20 viên | DU | 8800
Norethisteron 5 mg | norethisteron 5 mg | rối loạn kinh nguyệt; Primolut-N
  Viên nén | Rx | Hộp 1 vỉ x 20 viên | CN | 1600
Clotrimazol đặt 100 mg | clotrimazol 100 mg | nấm phụ khoa; Canesten
  Viên nén đặt âm đạo | Rx | Hộp 1 vỉ x 6 viên | BM | 2600
Neo-poly đặt phụ khoa | nystatin 100.000 IU; neomycin 35.000 IU; polymyxin B 35.000 IU
  viêm phụ khoa; Polygynax
  Viên nang mềm đặt âm đạo | Rx | Hộp 2 vỉ x 6 viên | PH | 9800
Metronidazol Nystatin đặt | metronidazol 500 mg; nystatin 100.000 IU | viêm phụ khoa; Neo-Tergynan
  Viên nén đặt âm đạo | Rx | Hộp 1 vỉ x 10 viên | PH | 10500
Ích mẫu hương phụ | ích mẫu 0,8 g; hương phụ 0,25 g; ngải cứu 0,2 g | điều kinh; đau bụng kinh
  Viên nang cứng | OTC | Hộp 3 vỉ x 10 viên | TP | 1100
Tamsulosin 0,4 mg | tamsulosin hydroclorid 0,4 mg | tiền liệt tuyến; Harnal
  Viên nang cứng phóng thích kéo dài | Rx | Hộp 3 vỉ x 10 viên | AD | 6400
Finasterid 5 mg | finasterid 5 mg | tiền liệt tuyến; Proscar
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | AD | 4900
Flavoxat 200 mg | flavoxat hydroclorid 200 mg | tiểu rắt; bàng quang
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | HQ | 3900
Sildenafil 50 mg | sildenafil 50 mg | rối loạn cương; Viagra
  Viên nén bao phim | Rx | Hộp 1 vỉ x 4 viên | HG | 19500
Tadalafil 20 mg | tadalafil 20 mg | rối loạn cương; Cialis
  Viên nén bao phim | Rx | Hộp 1 vỉ x 2 viên | AD | 32000
`,
  },
  {
    group: 'Vitamin, khoáng chất',
    firstNumber: 1001,
    table: `
Vitamin C 500 mg | acid ascorbic 500 mg | sinh tố C; tăng đề kháng
  Viên nén bao phim | OTC | Hộp 10 vỉ x 10 viên | HG | 500
Vitamin C 100 mg | acid ascorbic 100 mg | sinh tố C
  Viên nén | OTC | Chai 100 viên | BM | 150
Vitamin C sủi 1000 mg | acid ascorbic 1000 mg | C sủi; tăng đề kháng
  Viên nén sủi bọt | OTC | Hộp 1 tuýp x 10 viên | HG | 2300
Vitamin B1 250 mg | thiamin nitrat 250 mg | sinh tố B1
  Viên nén bao phim | OTC | Chai 100 viên | BM | 400
Vitamin B6 250 mg | pyridoxin hydroclorid 250 mg | sinh tố B6
  Viên nén bao phim | OTC | Chai 100 viên | BM | 450
Vitamin 3B | thiamin mononitrat 125 mg; pyridoxin hydroclorid 125 mg; cyanocobalamin 125 mcg
  3B; tê bì tay chân
  Viên nén bao phim | OTC | Hộp 10 vỉ x 10 viên | BM | 700
Vitamin 3B mạnh | thiamin 100 mg; pyridoxin 200 mg; cyanocobalamin 200 mcg
  3B; đau thần kinh; Neurobion
  Viên nén bao đường | OTC | Hộp 5 vỉ x 10 viên | DU | 1900
Mecobalamin 500 mcg | mecobalamin 500 mcg | vitamin B12; tê bì; Methycobal
  Viên nén bao đường | Rx | Hộp 5 vỉ x 10 viên | NB | 3700
Vitamin E 400 IU | alpha tocopheryl acetat 400 IU | sinh tố E; đẹp da
  Viên nang mềm | OTC | Hộp 3 vỉ x 10 viên | HG | 1600
Vitamin A-D | vitamin A 2.000 IU; vitamin D3 250 IU | sinh tố A; sáng mắt
  Viên nang mềm | OTC | Hộp 10 vỉ x 10 viên | HG | 500
Vitamin D3 giọt 400 IU | cholecalciferol 400 IU/giọt | D3 cho bé; còi xương
  Dung dịch uống | OTC | Hộp 1 lọ x 10 ml | PH | 98000
Vitamin PP 500 mg | nicotinamid 500 mg | sinh tố PP; nhiệt miệng
  Viên nén bao phim | OTC | Hộp 10 vỉ x 10 viên | PS | 500
Vitamin K1 10 mg/ml | phytomenadion 10 mg/ml | cầm máu
  Dung dịch tiêm | Rx | Hộp 10 ống x 1 ml | PS | 2600
Acid folic 5 mg | acid folic 5 mg | bà bầu; vitamin B9
  Viên nén | OTC | Hộp 4 vỉ x 20 viên | LT | 350
Sắt Folic | sắt (II) sulfat 200 mg; acid folic 0,4 mg | bổ máu; bà bầu; Tardyferon
  Viên nén bao phim | OTC | Hộp 10 vỉ x 10 viên | TS | 700
Sắt III polymaltose 50 mg/5 ml | sắt (III) hydroxyd polymaltose 50 mg/5 ml | bổ máu; Ferrum
  Siro | OTC | Hộp 1 chai 100 ml | DU | 118000
Calci carbonat Vitamin D3 | calci carbonat 1250 mg; vitamin D3 125 IU | bổ sung canxi
  Viên nén bao phim | OTC | Hộp 3 vỉ x 10 viên | TS | 1500
Calci sủi 500 mg | calci lactat gluconat 2940 mg; calci carbonat 300 mg | canxi sủi; Calcium
  Viên nén sủi bọt | OTC | Hộp 1 tuýp x 20 viên | HG | 3200
Calci corbiere ống 5 ml | calci glucoheptonat 0,55 g; vitamin C 0,05 g; vitamin PP 0,025 g
  canxi ống
  Dung dịch uống | OTC | Hộp 30 ống x 5 ml | PH | 4800
Magnesi B6 | magnesi lactat dihydrat 470 mg; pyridoxin hydroclorid 5 mg
  mệt mỏi; chuột rút; Magne B6
  Viên nén bao phim | OTC | Hộp 10 vỉ x 10 viên | PH | 1600
Kẽm gluconat 70 mg | kẽm gluconat 70 mg | bổ sung kẽm
  Viên nén | OTC | Hộp 10 vỉ x 10 viên | TS | 900
Kẽm siro 10 mg/5 ml | kẽm gluconat tương đương kẽm 10 mg/5 ml | kẽm cho bé; biếng ăn
  Siro | OTC | Hộp 1 chai 100 ml | LT | 62000
Đa vitamin ngày | vitamin A 1.000 IU; B1 2 mg; B2 3 mg; B6 1 mg; C 60 mg; PP 20 mg
  bổ tổng hợp; Homtamin
  Viên nang mềm | OTC | Hộp 12 vỉ x 5 viên | HQ | 2400
Đa vitamin nhân sâm | cao nhân sâm 40 mg; vitamin và khoáng chất | bổ; nhân sâm; Pharmaton
  Viên nang mềm | OTC | Hộp 6 vỉ x 10 viên | HQ | 3300
Kali clorid 600 mg | kali clorid 600 mg | hạ kali
  Viên nén phóng thích kéo dài | Rx | Hộp 3 vỉ x 10 viên | DU | 1900
Arginin 200 mg | arginin hydroclorid 200 mg | bổ gan
  Viên nang mềm | OTC | Hộp 12 vỉ x 5 viên | HQ | 1700
L-cystin 500 mg | L-cystin 500 mg | sạm da; rụng tóc
  Viên nang mềm | OTC | Hộp 12 vỉ x 5 viên | HQ | 2600
Dầu cá omega-3 | dầu cá 1000 mg (EPA 180 mg; DHA 120 mg) | dầu cá; sáng mắt
  Viên nang mềm | OTC | Hộp 1 lọ 100 viên | YY | 2100
`,
  },
];
