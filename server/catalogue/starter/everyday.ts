import type { StarterSection } from './starter-table.ts';

/** What is asked for every day: fever, pain, cough and cold, allergy, stomach. */
export const everydaySections: readonly StarterSection[] = [
  {
    group: 'Giảm đau, hạ sốt, chống viêm',
    firstNumber: 101,
    table: `
Paracetamol 500 mg | paracetamol 500 mg | hạ sốt; giảm đau; Panadol; Hapacol
  Viên nén | OTC | Hộp 10 vỉ x 10 viên | HG | 600
Paracetamol 650 mg | paracetamol 650 mg | hạ sốt; giảm đau
  Viên nén bao phim | OTC | Hộp 10 vỉ x 10 viên | BM | 900
Paracetamol sủi 500 mg | paracetamol 500 mg | hạ sốt sủi; Efferalgan
  Viên nén sủi bọt | OTC | Hộp 4 vỉ x 4 viên | PH | 2800
Paracetamol gói 80 mg | paracetamol 80 mg | hạ sốt trẻ em
  Thuốc bột sủi bọt | OTC | Hộp 24 gói x 1,5 g | HG | 1900
Paracetamol gói 150 mg | paracetamol 150 mg | hạ sốt trẻ em; Hapacol 150
  Thuốc bột sủi bọt | OTC | Hộp 24 gói x 1,5 g | HG | 2100
Paracetamol gói 250 mg | paracetamol 250 mg | hạ sốt trẻ em; Hapacol 250
  Thuốc bột sủi bọt | OTC | Hộp 24 gói x 1,5 g | HG | 2400
Paracetamol siro 120 mg/5 ml | paracetamol 120 mg/5 ml | hạ sốt trẻ em
  Hỗn dịch uống | OTC | Hộp 1 chai 60 ml | BM | 32000
Paracetamol đặt trực tràng 80 mg | paracetamol 80 mg | hạ sốt nhét hậu môn
  Thuốc đạn | OTC | Hộp 2 vỉ x 5 viên | PH | 2600
Paracetamol đặt trực tràng 150 mg | paracetamol 150 mg | hạ sốt nhét hậu môn
  Thuốc đạn | OTC | Hộp 2 vỉ x 5 viên | PH | 2900
Paracetamol đặt trực tràng 300 mg | paracetamol 300 mg | hạ sốt nhét hậu môn
  Thuốc đạn | OTC | Hộp 2 vỉ x 5 viên | PH | 3300
Ceparol Extra | paracetamol 500 mg; caffein 65 mg | giảm đau đầu; Panadol Extra
  Viên nén bao phim | OTC | Hộp 15 vỉ x 12 viên | CN | 1300
Ceparol Codein | paracetamol 500 mg; codein phosphat 30 mg | giảm đau mạnh
  Viên nén sủi bọt | Rx | Hộp 4 vỉ x 4 viên | PH | 3900
Tramapar | tramadol hydroclorid 37,5 mg; paracetamol 325 mg | giảm đau mạnh; Ultracet
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | HQ | 6500
Ibuprofen 200 mg | ibuprofen 200 mg | giảm đau; kháng viêm
  Viên nén bao phim | OTC | Hộp 10 vỉ x 10 viên | HG | 700
Ibuprofen 400 mg | ibuprofen 400 mg | giảm đau; kháng viêm
  Viên nén bao phim | OTC | Hộp 10 vỉ x 10 viên | BM | 1000
Ibuprofen hỗn dịch 100 mg/5 ml | ibuprofen 100 mg/5 ml | hạ sốt trẻ em
  Hỗn dịch uống | OTC | Hộp 1 chai 60 ml | YY | 52000
Diclofenac 50 mg | diclofenac natri 50 mg | đau khớp; Voltaren
  Viên nén bao tan trong ruột | Rx | Hộp 10 vỉ x 10 viên | CN | 800
Diclofenac 75 mg | diclofenac natri 75 mg | đau khớp
  Viên nén phóng thích kéo dài | Rx | Hộp 3 vỉ x 10 viên | DU | 3600
Diclofenac tiêm 75 mg/3 ml | diclofenac natri 75 mg/3 ml | tiêm giảm đau
  Dung dịch tiêm | Rx | Hộp 10 ống x 3 ml | PS | 4200
Meloxicam 7,5 mg | meloxicam 7,5 mg | đau khớp; Mobic
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | HG | 900
Meloxicam 15 mg | meloxicam 15 mg | đau khớp
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | BM | 1500
Celecoxib 100 mg | celecoxib 100 mg | đau khớp
  Viên nang cứng | Rx | Hộp 3 vỉ x 10 viên | CN | 1900
Celecoxib 200 mg | celecoxib 200 mg | đau khớp; Celebrex
  Viên nang cứng | Rx | Hộp 3 vỉ x 10 viên | CN | 3200
Etoricoxib 60 mg | etoricoxib 60 mg | đau khớp; gút; Arcoxia
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | AD | 5200
Etoricoxib 90 mg | etoricoxib 90 mg | đau khớp; gút
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | AD | 6900
Naproxen 500 mg | naproxen 500 mg | đau khớp
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | TL | 4100
Piroxicam 20 mg | piroxicam 20 mg | đau khớp
  Viên nang cứng | Rx | Hộp 10 vỉ x 10 viên | PS | 900
Aspirin 81 mg | acid acetylsalicylic 81 mg | chống đông; chống huyết khối
  Viên nén bao tan trong ruột | Rx | Hộp 20 vỉ x 10 viên | CN | 500
Alphachymotrypsin 4,2 mg | alphachymotrypsin 4,2 mg (21 microkatal) | kháng viêm; giảm phù nề; Alpha
  Viên nén | OTC | Hộp 2 vỉ x 10 viên | HG | 1400
Serratiopeptidase 10 mg | serratiopeptidase 10 mg | kháng viêm; giảm phù nề
  Viên nén bao tan trong ruột | OTC | Hộp 10 vỉ x 10 viên | AD | 1300
Allopurinol 300 mg | allopurinol 300 mg | gút; gout
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | BM | 1700
Colchicin 1 mg | colchicin 1 mg | gút; gout
  Viên nén | Rx | Hộp 2 vỉ x 10 viên | TS | 2500
Febuxostat 40 mg | febuxostat 40 mg | gút; gout
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | AD | 9500
Glucosamin 500 mg | glucosamin sulfat 500 mg | xương khớp; thoái hóa khớp
  Viên nang cứng | OTC | Hộp 10 vỉ x 10 viên | TS | 1800
Glucosamin gói 1500 mg | glucosamin sulfat 1500 mg | xương khớp; thoái hóa khớp
  Thuốc bột uống | OTC | Hộp 30 gói x 3 g | YY | 9800
Diacerein 50 mg | diacerein 50 mg | thoái hóa khớp
  Viên nang cứng | Rx | Hộp 3 vỉ x 10 viên | PS | 3100
Eperison 50 mg | eperison hydroclorid 50 mg | giãn cơ; đau lưng; Myonal
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | NB | 3400
Tolperison 150 mg | tolperison hydroclorid 150 mg | giãn cơ; đau lưng
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | LT | 2300
`,
  },
  {
    group: 'Ho, cảm, hen suyễn',
    firstNumber: 201,
    table: `
Acetylcystein 200 mg | acetylcystein 200 mg | long đờm; tiêu đờm
  Viên nang cứng | OTC | Hộp 10 vỉ x 10 viên | HG | 900
Acetylcystein gói 200 mg | acetylcystein 200 mg | long đờm; tiêu đờm; Acemuc
  Thuốc cốm | OTC | Hộp 30 gói x 1 g | PH | 2700
Acetylcystein gói 100 mg | acetylcystein 100 mg | long đờm trẻ em
  Thuốc cốm | OTC | Hộp 30 gói x 1 g | PH | 2200
Ambroxol 30 mg | ambroxol hydroclorid 30 mg | long đờm; tiêu đờm
  Viên nén | OTC | Hộp 10 vỉ x 10 viên | BM | 800
Ambroxol siro 15 mg/5 ml | ambroxol hydroclorid 15 mg/5 ml | long đờm trẻ em
  Siro | OTC | Hộp 1 chai 100 ml | DU | 46000
Bromhexin 8 mg | bromhexin hydroclorid 8 mg | long đờm; Bisolvon
  Viên nén | OTC | Hộp 3 vỉ x 10 viên | HG | 400
Bromhexin siro 4 mg/5 ml | bromhexin hydroclorid 4 mg/5 ml | long đờm trẻ em
  Siro | OTC | Hộp 1 chai 60 ml | LT | 28000
Carbocistein 375 mg | carbocistein 375 mg | long đờm
  Viên nang cứng | OTC | Hộp 3 vỉ x 10 viên | TS | 1300
Eucalyptin | cineol 100 mg; tinh dầu gừng 0,5 mg; menthol 0,5 mg | ho; Eugica
  Viên nang mềm | OTC | Hộp 10 vỉ x 10 viên | HG | 900
Terpin Codein | terpin hydrat 100 mg; codein 10 mg | ho khan
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | CN | 700
Dextromethorphan 15 mg | dextromethorphan hydrobromid 15 mg | ho khan
  Viên nén bao phim | OTC | Hộp 10 vỉ x 10 viên | BM | 500
Dextromethorphan siro | dextromethorphan hydrobromid 15 mg/5 ml | ho khan
  Siro | OTC | Hộp 1 chai 100 ml | TL | 54000
Siro ho bổ phế | bách bộ 5 g; cát cánh 1,4 g; mạch môn 3 g; bạc hà 1,8 g | ho; bổ phế
  Siro | OTC | Hộp 1 chai 125 ml | TP | 42000
Siro ho lá thường xuân | cao khô lá thường xuân 35 mg/5 ml | ho trẻ em; Prospan
  Siro | OTC | Hộp 1 chai 100 ml | DU | 78000
Viên ngậm bạc hà gừng | tinh dầu bạc hà 2 mg; cao gừng 10 mg | đau họng; ngậm ho
  Viên ngậm | OTC | Hộp 10 vỉ x 8 viên | TP | 700
Viên ngậm họng diclobenzyl | 2,4-diclorobenzyl alcohol 1,2 mg; amylmetacresol 0,6 mg
  viêm họng; Strepsils
  Viên ngậm | OTC | Hộp 2 vỉ x 12 viên | TL | 1900
Cảm cúm ngày đêm | paracetamol 500 mg; phenylephrin hydroclorid 10 mg | cảm cúm
  Viên nén bao phim | OTC | Hộp 10 vỉ x 10 viên | CN | 900
Cảm Phong | paracetamol 325 mg; clorpheniramin maleat 4 mg; dextromethorphan 10 mg
  cảm cúm; Tiffy; Decolgen
  Viên nén | OTC | Hộp 25 vỉ x 4 viên | BM | 1100
Cảm xuyên hương | xuyên khung 132 mg; bạch chỉ 165 mg; hương phụ 132 mg; quế 6 mg
  cảm lạnh; giải cảm
  Viên nang cứng | OTC | Hộp 10 vỉ x 10 viên | TP | 900
Salbutamol 2 mg | salbutamol 2 mg | hen; khó thở
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | CN | 300
Salbutamol 4 mg | salbutamol 4 mg | hen; khó thở
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | CN | 450
Salbutamol xịt 100 mcg | salbutamol 100 mcg/liều | hen; xịt hen; Ventolin
  Khí dung | Rx | Hộp 1 bình xịt 200 liều | PH | 79000
Salbutamol khí dung 2,5 mg/2,5 ml | salbutamol 2,5 mg/2,5 ml | hen; phun khí dung
  Dung dịch khí dung | Rx | Hộp 6 vỉ x 5 ống x 2,5 ml | HN | 5400
Salbutamol khí dung 5 mg/2,5 ml | salbutamol 5 mg/2,5 ml | hen; phun khí dung
  Dung dịch khí dung | Rx | Hộp 6 vỉ x 5 ống x 2,5 ml | HN | 8800
Terbutalin siro 1,5 mg/5 ml | terbutalin sulfat 1,5 mg/5 ml | hen; ho; Bricanyl
  Siro | Rx | Hộp 1 chai 60 ml | LT | 33000
Theophylin 100 mg | theophylin 100 mg | hen; khó thở
  Viên nang cứng | Rx | Hộp 10 vỉ x 10 viên | PS | 600
Budesonid khí dung 0,5 mg/2 ml | budesonid 0,5 mg/2 ml | hen; phun khí dung; Pulmicort
  Hỗn dịch khí dung | Rx | Hộp 4 gói x 5 ống x 2 ml | HN | 14500
Budesonid Formoterol hít | budesonid 160 mcg/liều; formoterol fumarat 4,5 mcg/liều
  hen; COPD; Symbicort
  Thuốc bột hít | Rx | Hộp 1 bình hít 60 liều | DU | 289000
Salmeterol Fluticason xịt | salmeterol 25 mcg/liều; fluticason propionat 125 mcg/liều
  hen; COPD; Seretide
  Khí dung | Rx | Hộp 1 bình xịt 120 liều | AD | 225000
Fluticason xịt 125 mcg | fluticason propionat 125 mcg/liều | hen
  Khí dung | Rx | Hộp 1 bình xịt 120 liều | AD | 142000
Montelukast 4 mg | montelukast 4 mg | hen trẻ em; Singulair
  Thuốc cốm | Rx | Hộp 28 gói x 0,5 g | AD | 6800
Montelukast 5 mg | montelukast 5 mg | hen trẻ em
  Viên nén nhai | Rx | Hộp 3 vỉ x 10 viên | AD | 3900
Montelukast 10 mg | montelukast 10 mg | hen; viêm mũi dị ứng
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | AD | 4300
`,
  },
  {
    group: 'Chống dị ứng',
    firstNumber: 301,
    table: `
Clorpheniramin 4 mg | clorpheniramin maleat 4 mg | dị ứng; ngứa; sổ mũi
  Viên nén | OTC | Hộp 20 vỉ x 20 viên | BM | 150
Loratadin 10 mg | loratadin 10 mg | dị ứng; Clarityne
  Viên nén | OTC | Hộp 10 vỉ x 10 viên | HG | 600
Loratadin siro 5 mg/5 ml | loratadin 5 mg/5 ml | dị ứng trẻ em
  Siro | OTC | Hộp 1 chai 60 ml | LT | 36000
Desloratadin 5 mg | desloratadin 5 mg | dị ứng; Aerius
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | CN | 1900
Desloratadin siro 0,5 mg/ml | desloratadin 0,5 mg/ml | dị ứng trẻ em
  Siro | Rx | Hộp 1 chai 60 ml | LT | 58000
Cetirizin 10 mg | cetirizin dihydroclorid 10 mg | dị ứng; Zyrtec
  Viên nén bao phim | OTC | Hộp 10 vỉ x 10 viên | HG | 500
Levocetirizin 5 mg | levocetirizin dihydroclorid 5 mg | dị ứng; Xyzal
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | AD | 1200
Fexofenadin 60 mg | fexofenadin hydroclorid 60 mg | dị ứng; viêm mũi; Telfast
  Viên nén bao phim | OTC | Hộp 10 vỉ x 10 viên | HG | 1500
Fexofenadin 120 mg | fexofenadin hydroclorid 120 mg | dị ứng; viêm mũi
  Viên nén bao phim | OTC | Hộp 3 vỉ x 10 viên | CN | 2700
Fexofenadin 180 mg | fexofenadin hydroclorid 180 mg | dị ứng; mề đay
  Viên nén bao phim | OTC | Hộp 1 vỉ x 10 viên | CN | 4200
Promethazin siro 5 mg/5 ml | promethazin hydroclorid 5 mg/5 ml | dị ứng; say xe
  Siro | OTC | Hộp 1 chai 90 ml | PS | 24000
Alimemazin 5 mg | alimemazin tartrat 5 mg | dị ứng; ho; Theralen
  Viên nén bao phim | OTC | Hộp 2 vỉ x 20 viên | CN | 350
Dimenhydrinat 50 mg | dimenhydrinat 50 mg | say tàu xe; chống nôn
  Viên nén | OTC | Hộp 25 vỉ x 4 viên | TS | 600
Cinnarizin 25 mg | cinnarizin 25 mg | chóng mặt; tiền đình; Stugeron
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | HG | 350
`,
  },
  {
    group: 'Tiêu hóa',
    firstNumber: 401,
    table: `
Oresol cam 20,5 g | natri clorid 2,6 g; kali clorid 1,5 g; natri citrat 2,9 g; glucose khan 13,5 g
  bù nước; tiêu chảy; ORS
  Thuốc bột pha dung dịch uống | OTC | Hộp 20 gói x 20,5 g | BM | 2800
Oresol 4,1 g | natri clorid 0,52 g; kali clorid 0,3 g; natri citrat 0,58 g; glucose khan 2,7 g
  bù nước; tiêu chảy; ORS
  Thuốc bột pha dung dịch uống | OTC | Hộp 30 gói x 4,1 g | HG | 1600
Smectit 3 g | diosmectit 3 g | tiêu chảy; Smecta
  Thuốc bột pha hỗn dịch uống | OTC | Hộp 30 gói x 3,8 g | PH | 3900
Loperamid 2 mg | loperamid hydroclorid 2 mg | tiêu chảy; Imodium
  Viên nang cứng | OTC | Hộp 10 vỉ x 10 viên | CN | 500
Racecadotril 100 mg | racecadotril 100 mg | tiêu chảy
  Viên nang cứng | Rx | Hộp 2 vỉ x 10 viên | PH | 9900
Racecadotril 10 mg | racecadotril 10 mg | tiêu chảy trẻ em; Hidrasec
  Thuốc bột uống | Rx | Hộp 16 gói x 1 g | PH | 5300
Berberin 100 mg | berberin clorid 100 mg | tiêu chảy; lỵ
  Viên nang cứng | OTC | Chai 100 viên | TP | 500
Than hoạt tính 250 mg | than hoạt 250 mg | đầy hơi; ngộ độc
  Viên nang cứng | OTC | Hộp 10 vỉ x 10 viên | TS | 900
Men vi sinh Bacillus subtilis | Bacillus subtilis 10^8 CFU | rối loạn tiêu hóa; men tiêu hóa
  Thuốc bột uống | OTC | Hộp 20 gói x 1 g | HN | 2700
Men vi sinh Bacillus clausii | Bacillus clausii 2 x 10^9 bào tử/5 ml
  rối loạn tiêu hóa; Enterogermina
  Hỗn dịch uống | OTC | Hộp 2 vỉ x 10 ống x 5 ml | YY | 8200
Men vi sinh Saccharomyces | Saccharomyces boulardii 250 mg | tiêu chảy; rối loạn tiêu hóa
  Viên nang cứng | OTC | Hộp 1 chai 20 viên | DU | 7600
Men tiêu hóa Pancreatin | pancreatin 170 mg; simethicon 84,4 mg | đầy bụng; khó tiêu
  Viên nén bao tan trong ruột | OTC | Hộp 10 vỉ x 10 viên | HQ | 2900
Simethicon 40 mg | simethicon 40 mg | đầy hơi; chướng bụng; Air-X
  Viên nén nhai | OTC | Hộp 10 vỉ x 10 viên | TL | 900
Simethicon giọt 66,66 mg/ml | simethicon 66,66 mg/ml | đầy hơi trẻ em; Espumisan
  Hỗn dịch uống | OTC | Hộp 1 chai 30 ml | DU | 56000
Domperidon 10 mg | domperidon 10 mg | nôn; buồn nôn; Motilium
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | CN | 700
Domperidon hỗn dịch 1 mg/ml | domperidon 1 mg/ml | nôn trẻ em
  Hỗn dịch uống | Rx | Hộp 1 chai 60 ml | LT | 38000
Metoclopramid 10 mg | metoclopramid hydroclorid 10 mg | nôn; buồn nôn; Primperan
  Viên nén | Rx | Hộp 2 vỉ x 20 viên | PS | 700
Omeprazol 20 mg | omeprazol 20 mg | đau dạ dày; trào ngược
  Viên nang cứng chứa hạt bao tan trong ruột | Rx | Hộp 10 vỉ x 10 viên | HG | 900
Esomeprazol 20 mg | esomeprazol 20 mg | đau dạ dày; trào ngược
  Viên nén bao tan trong ruột | Rx | Hộp 2 vỉ x 7 viên | CN | 3900
Esomeprazol 40 mg | esomeprazol 40 mg | đau dạ dày; trào ngược; Nexium
  Viên nén bao tan trong ruột | Rx | Hộp 2 vỉ x 7 viên | CN | 5900
Pantoprazol 40 mg | pantoprazol 40 mg | đau dạ dày; trào ngược
  Viên nén bao tan trong ruột | Rx | Hộp 3 vỉ x 10 viên | AD | 2300
Rabeprazol 20 mg | rabeprazol natri 20 mg | đau dạ dày; trào ngược
  Viên nén bao tan trong ruột | Rx | Hộp 3 vỉ x 10 viên | AD | 2900
Lansoprazol 30 mg | lansoprazol 30 mg | đau dạ dày; trào ngược
  Viên nang cứng chứa hạt bao tan trong ruột | Rx | Hộp 3 vỉ x 10 viên | TS | 1700
Famotidin 40 mg | famotidin 40 mg | đau dạ dày; ợ chua
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | CN | 800
Nhôm phosphat gel 20% | nhôm phosphat 12,38 g | đau dạ dày; thuốc chữ P; Phosphalugel
  Hỗn dịch uống | OTC | Hộp 26 gói x 20 g | PH | 4300
Thuốc dạ dày chữ Y | nhôm hydroxyd 800,4 mg; magnesi hydroxyd 611,76 mg; simethicon 80 mg
  đau dạ dày; Yumangel
  Hỗn dịch uống | OTC | Hộp 20 gói x 10 ml | HQ | 4100
Thuốc muối dạ dày | natri bicarbonat 5 g | ợ chua; khó tiêu; Nabica
  Thuốc bột uống | OTC | Hộp 10 gói x 5 g | PS | 1500
Sucralfat 1 g | sucralfat 1 g | đau dạ dày
  Hỗn dịch uống | Rx | Hộp 20 gói x 5 ml | HQ | 5200
Bismuth 120 mg | bismuth subcitrat 120 mg | đau dạ dày
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | AD | 3300
Drotaverin 40 mg | drotaverin hydroclorid 40 mg | đau bụng; co thắt; No-spa
  Viên nén | Rx | Hộp 5 vỉ x 10 viên | CN | 900
Alverin 40 mg | alverin citrat 40 mg | đau bụng; co thắt; Spasmaverin
  Viên nén | OTC | Hộp 10 vỉ x 15 viên | PS | 400
Trimebutin 100 mg | trimebutin maleat 100 mg | đại tràng; co thắt
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | HQ | 1100
Mebeverin 135 mg | mebeverin hydroclorid 135 mg | đại tràng; hội chứng ruột kích thích
  Viên nén bao phim | Rx | Hộp 5 vỉ x 10 viên | TL | 2600
Bisacodyl 5 mg | bisacodyl 5 mg | táo bón
  Viên nén bao tan trong ruột | OTC | Hộp 4 vỉ x 25 viên | BM | 400
Sorbitol 5 g | sorbitol 5 g | táo bón; khó tiêu
  Thuốc bột uống | OTC | Hộp 20 gói x 5 g | BM | 900
Macrogol 10 g | macrogol 4000 10 g | táo bón; Forlax
  Thuốc bột pha dung dịch uống | OTC | Hộp 20 gói x 10 g | PH | 5200
Lactulose 10 g/15 ml | lactulose 10 g/15 ml | táo bón; Duphalac
  Dung dịch uống | OTC | Hộp 20 gói x 15 ml | DU | 5100
Glycerin thụt 3 g | glycerin 2,25 g | táo bón; thụt hậu môn
  Gel thụt trực tràng | OTC | Hộp 6 tuýp x 3 g | PS | 4800
Đại tràng hoàn | bạch truật 0,65 g; mộc hương 0,23 g; hoàng liên 0,12 g | đại tràng
  Hoàn cứng | OTC | Hộp 10 gói x 4 g | TP | 5800
Hoạt huyết dưỡng gan | cao actiso 100 mg; cao rau đắng đất 75 mg; cao bìm bìm 5,3 mg
  bổ gan; mát gan; Boganic
  Viên nang mềm | OTC | Hộp 5 vỉ x 10 viên | TP | 1300
Silymarin 140 mg | silymarin 140 mg | bổ gan
  Viên nang cứng | OTC | Hộp 10 vỉ x 10 viên | DU | 2600
Acid ursodeoxycholic 300 mg | acid ursodeoxycholic 300 mg | sỏi mật; gan mật
  Viên nang cứng | Rx | Hộp 3 vỉ x 10 viên | HQ | 9700
Diosmin Hesperidin 500 mg | diosmin 450 mg; hesperidin 50 mg | trĩ; suy giãn tĩnh mạch; Daflon
  Viên nén bao phim | OTC | Hộp 4 vỉ x 15 viên | PH | 3200
`,
  },
];
