import type { StarterSection } from './starter-table.ts';

/** What is used on the body and not taken by mouth, and the shop's few solutions and remedies. */
export const localTreatmentSections: readonly StarterSection[] = [
  {
    group: 'Mắt, tai, mũi, họng',
    firstNumber: 1101,
    table: `
Natri clorid 0,9% nhỏ mắt | natri clorid 0,9% | nước muối sinh lý; rửa mắt; rửa mũi
  Dung dịch nhỏ mắt | OTC | Hộp 1 lọ x 10 ml | HN | 3800
Nước mắt nhân tạo 0,5% | carboxymethylcellulose natri 0,5% | khô mắt; Refresh Tears
  Dung dịch nhỏ mắt | OTC | Hộp 1 lọ x 15 ml | DU | 82000
Natri hyaluronat 0,1% nhỏ mắt | natri hyaluronat 0,1% | khô mắt; Sanlein
  Dung dịch nhỏ mắt | OTC | Hộp 1 lọ x 5 ml | NB | 66000
Vitamin nhỏ mắt Sakura | vitamin B12 0,01%; kali aspartat 1%; naphazolin 0,002% | mỏi mắt; V.Rohto
  Dung dịch nhỏ mắt | OTC | Hộp 1 lọ x 13 ml | NB | 54000
Cloramphenicol 0,4% nhỏ mắt | cloramphenicol 0,4% | đau mắt đỏ
  Dung dịch nhỏ mắt | Rx | Hộp 1 lọ x 10 ml | HN | 3900
Tobramycin 0,3% nhỏ mắt | tobramycin 0,3% | đau mắt đỏ; Tobrex
  Dung dịch nhỏ mắt | Rx | Hộp 1 lọ x 5 ml | HN | 19500
Tobramycin Dexamethason nhỏ mắt | tobramycin 0,3%; dexamethason 0,1% | viêm mắt; Tobradex
  Hỗn dịch nhỏ mắt | Rx | Hộp 1 lọ x 5 ml | HN | 32000
Ofloxacin 0,3% nhỏ mắt | ofloxacin 0,3% | đau mắt; Oflovid
  Dung dịch nhỏ mắt | Rx | Hộp 1 lọ x 5 ml | NB | 42000
Levofloxacin 0,5% nhỏ mắt | levofloxacin 0,5% | đau mắt; Cravit
  Dung dịch nhỏ mắt | Rx | Hộp 1 lọ x 5 ml | NB | 76000
Neomycin Dexamethason nhỏ mắt | neomycin 25 mg; dexamethason 5 mg | viêm mắt; Neodex
  Dung dịch nhỏ mắt | Rx | Hộp 1 lọ x 5 ml | HN | 6800
Olopatadin 0,2% nhỏ mắt | olopatadin 0,2% | ngứa mắt; dị ứng mắt; Pataday
  Dung dịch nhỏ mắt | Rx | Hộp 1 lọ x 2,5 ml | DU | 118000
Timolol 0,5% nhỏ mắt | timolol 0,5% | tăng nhãn áp; glôcôm
  Dung dịch nhỏ mắt | Rx | Hộp 1 lọ x 5 ml | AD | 39000
Latanoprost 0,005% nhỏ mắt | latanoprost 0,005% | tăng nhãn áp; Xalatan
  Dung dịch nhỏ mắt | Rx | Hộp 1 lọ x 2,5 ml | AD | 168000
Tetracyclin 1% mỡ mắt | tetracyclin hydroclorid 1% | mỡ tra mắt; đau mắt hột
  Thuốc mỡ tra mắt | Rx | Hộp 1 tuýp x 5 g | LT | 4900
Naphazolin 0,05% nhỏ mũi | naphazolin nitrat 0,05% | nghẹt mũi; Rhinex
  Dung dịch nhỏ mũi | OTC | Hộp 1 lọ x 10 ml | HN | 4200
Xylometazolin 0,05% nhỏ mũi | xylometazolin hydroclorid 0,05% | nghẹt mũi trẻ em; Otrivin
  Dung dịch nhỏ mũi | OTC | Hộp 1 lọ x 10 ml | DU | 36000
Xylometazolin 0,1% xịt mũi | xylometazolin hydroclorid 0,1% | nghẹt mũi; Otrivin
  Dung dịch xịt mũi | OTC | Hộp 1 lọ x 10 ml | DU | 49000
Fluticason xịt mũi 50 mcg | fluticason propionat 50 mcg/liều | viêm mũi dị ứng; Flixonase
  Hỗn dịch xịt mũi | OTC | Hộp 1 lọ 120 liều | AD | 138000
Mometason xịt mũi 50 mcg | mometason furoat 50 mcg/liều | viêm mũi dị ứng; Nasonex
  Hỗn dịch xịt mũi | Rx | Hộp 1 lọ 60 liều | AD | 156000
Nước biển xịt mũi 70 ml | nước biển sâu 31,82 ml | rửa mũi; Xisat
  Dung dịch xịt mũi | OTC | Hộp 1 lọ x 75 ml | HN | 34000
Ofloxacin nhỏ tai 0,3% | ofloxacin 0,3% | viêm tai
  Dung dịch nhỏ tai | Rx | Hộp 1 lọ x 5 ml | NB | 58000
Cồn boric 3% | acid boric 3% | viêm tai; nhỏ tai
  Dung dịch nhỏ tai | OTC | Hộp 1 lọ x 10 ml | PS | 6500
Povidon iod súc miệng 1% | povidon iod 1% | súc họng; viêm họng; Betadine
  Dung dịch dùng ngoài | OTC | Hộp 1 chai 125 ml | TL | 69000
Nước súc miệng clorhexidin 0,12% | clorhexidin digluconat 0,12% | súc miệng; viêm lợi
  Dung dịch dùng ngoài | OTC | Hộp 1 chai 250 ml | HN | 62000
Gel nhiệt miệng triamcinolon | triamcinolon acetonid 0,1% | nhiệt miệng; lở miệng; Oracortia
  Gel bôi niêm mạc miệng | OTC | Hộp 20 gói x 1 g | TL | 6400
`,
  },
  {
    group: 'Da liễu, dùng ngoài',
    firstNumber: 1201,
    table: `
Povidon iod 10% | povidon iod 10% | sát trùng; thuốc đỏ; Betadine
  Dung dịch dùng ngoài | OTC | Chai 20 ml | PS | 9800
Povidon iod 10% chai lớn | povidon iod 10% | sát trùng
  Dung dịch dùng ngoài | OTC | Chai 90 ml | PS | 24000
Cồn 70 độ | ethanol 70% | sát trùng; cồn y tế
  Cồn thuốc dùng ngoài | OTC | Chai 60 ml | PS | 6500
Cồn 90 độ | ethanol 90% | sát trùng; cồn y tế
  Cồn thuốc dùng ngoài | OTC | Chai 60 ml | PS | 7000
Oxy già 3% | hydrogen peroxyd 3% | sát trùng; rửa vết thương
  Dung dịch dùng ngoài | OTC | Chai 60 ml | PS | 4500
Xanh methylen 1% | xanh methylen 1% | thủy đậu; sát trùng
  Dung dịch dùng ngoài | OTC | Chai 20 ml | PS | 8200
Nước muối 0,9% súc rửa | natri clorid 0,9% | nước muối; rửa vết thương
  Dung dịch dùng ngoài | OTC | Chai 500 ml | HN | 9500
Thuốc tím 1 g | kali permanganat 1 g | tắm trẻ; thủy đậu
  Thuốc bột dùng ngoài | OTC | Gói 1 g | PS | 2500
Clotrimazol kem 1% | clotrimazol 1% | nấm da; lang ben; Canesten
  Kem bôi da | OTC | Hộp 1 tuýp x 15 g | BM | 16500
Ketoconazol kem 2% | ketoconazol 2% | nấm da; hắc lào; Nizoral
  Kem bôi da | OTC | Hộp 1 tuýp x 10 g | HG | 14500
Ketoconazol dầu gội 2% | ketoconazol 2% | gàu; nấm da đầu; Nizoral
  Dung dịch dùng ngoài | OTC | Hộp 10 gói x 6 ml | TL | 6800
Terbinafin kem 1% | terbinafin hydroclorid 1% | nấm da; nước ăn chân; Lamisil
  Kem bôi da | OTC | Hộp 1 tuýp x 10 g | AD | 32000
Miconazol kem 2% | miconazol nitrat 2% | nấm da
  Kem bôi da | OTC | Hộp 1 tuýp x 10 g | TL | 19500
BSI 0,5% | acid salicylic 2,5 g; acid benzoic 2,5 g; iod 1,2 g | hắc lào; lang ben
  Dung dịch dùng ngoài | OTC | Hộp 1 lọ x 15 ml | PS | 7800
Aciclovir kem 5% | aciclovir 5% | zona; mụn rộp; Zovirax
  Kem bôi da | OTC | Hộp 1 tuýp x 5 g | BM | 9800
Fucidic kem 2% | acid fusidic 2% | nhiễm trùng da; Fucidin
  Kem bôi da | Rx | Hộp 1 tuýp x 15 g | HG | 49000
Fucidic Betamethason kem | acid fusidic 2%; betamethason 0,1% | viêm da; Fucicort
  Kem bôi da | Rx | Hộp 1 tuýp x 15 g | HG | 62000
Mupirocin mỡ 2% | mupirocin 2% | nhiễm trùng da; Bactroban
  Thuốc mỡ bôi da | Rx | Hộp 1 tuýp x 5 g | AD | 39000
Bạc sulfadiazin kem 1% | bạc sulfadiazin 1% | bỏng; Silvirin
  Kem bôi da | Rx | Hộp 1 tuýp x 20 g | AD | 26000
Betamethason kem 0,05% | betamethason dipropionat 0,05% | viêm da; chàm; Diprosone
  Kem bôi da | Rx | Hộp 1 tuýp x 15 g | CN | 19500
Betamethason Clotrimazol Gentamicin | betamethason 6,4 mg; clotrimazol 100 mg; gentamicin 10 mg
  viêm da; nấm; Silkron; kem bảy màu
  Kem bôi da | Rx | Hộp 1 tuýp x 10 g | HQ | 18500
Hydrocortison kem 1% | hydrocortison 1% | viêm da; ngứa
  Kem bôi da | Rx | Hộp 1 tuýp x 10 g | PS | 16500
Clobetasol kem 0,05% | clobetasol propionat 0,05% | vảy nến; chàm; Dermovate
  Kem bôi da | Rx | Hộp 1 tuýp x 10 g | CN | 15500
Tacrolimus mỡ 0,1% | tacrolimus 0,1% | viêm da cơ địa; Protopic
  Thuốc mỡ bôi da | Rx | Hộp 1 tuýp x 10 g | AD | 178000
Calamin lotion | calamin 8%; kẽm oxyd 8% | ngứa; rôm sảy
  Hỗn dịch dùng ngoài da | OTC | Hộp 1 chai 60 ml | TL | 54000
Kẽm oxyd hồ nước | kẽm oxyd 15 g; glycerin 7,5 g | hăm tã; rôm sảy
  Thuốc mỡ bôi da | OTC | Hộp 1 lọ x 20 g | PS | 8800
Dexpanthenol kem 5% | dexpanthenol 5% | hăm tã; bỏng nắng; Bepanthen
  Kem bôi da | OTC | Hộp 1 tuýp x 30 g | DU | 78000
Acid salicylic mỡ 5% | acid salicylic 5% | chai chân; vảy nến
  Thuốc mỡ bôi da | OTC | Hộp 1 tuýp x 15 g | PS | 9500
Adapalen gel 0,1% | adapalen 0,1% | mụn trứng cá; Differin
  Gel bôi da | Rx | Hộp 1 tuýp x 15 g | AD | 92000
Benzoyl peroxyd gel 5% | benzoyl peroxyd 5% | mụn trứng cá
  Gel bôi da | OTC | Hộp 1 tuýp x 15 g | TL | 86000
Clindamycin gel 1% | clindamycin 1% | mụn trứng cá
  Gel bôi da | Rx | Hộp 1 tuýp x 15 g | CN | 39000
Erythromycin Tretinoin gel | erythromycin 4%; tretinoin 0,025% | mụn trứng cá; Erylik
  Gel bôi da | Rx | Hộp 1 tuýp x 30 g | PH | 128000
Minoxidil 5% | minoxidil 5% | rụng tóc; mọc tóc
  Dung dịch dùng ngoài | OTC | Hộp 1 chai 60 ml | YY | 265000
Diclofenac gel 1% | diclofenac diethylamin 1,16% | đau cơ; bong gân; Voltaren Emulgel
  Gel bôi da | OTC | Hộp 1 tuýp x 20 g | DU | 62000
Cao dán Methyl salicylat | methyl salicylat 6,29%; L-menthol 5,71%; camphor 1,24%
  dán giảm đau; Salonpas
  Cao dán | OTC | Hộp 20 gói x 10 miếng | NB | 1500
Dầu gió xanh | menthol 2,4 g; methyl salicylat 1,4 g; camphor 0,2 g | dầu gió; cảm lạnh
  Dầu xoa | OTC | Hộp 1 chai 12 ml | TP | 32000
Cao xoa sao đỏ | tinh dầu bạc hà 0,6 g; camphor 0,9 g; tinh dầu quế 0,1 g | dầu cao; Cao Sao Vàng
  Cao xoa | OTC | Hộp 12 hộp nhỏ x 4 g | TP | 8500
Heparinoid gel | heparinoid 0,3% | tan máu bầm; Hirudoid
  Gel bôi da | OTC | Hộp 1 tuýp x 14 g | TL | 58000
`,
  },
  {
    group: 'Dung dịch tiêm truyền, cấp cứu',
    firstNumber: 1301,
    table: `
Natri clorid 0,9% truyền 500 ml | natri clorid 4,5 g/500 ml | nước muối truyền
  Dung dịch tiêm truyền | Rx | Thùng 20 chai x 500 ml | HN | 11500
Glucose 5% truyền 500 ml | glucose 25 g/500 ml | truyền đường
  Dung dịch tiêm truyền | Rx | Thùng 20 chai x 500 ml | HN | 12000
Ringer lactat 500 ml | natri clorid 3 g; natri lactat 1,55 g; kali clorid 0,15 g; calci clorid 0,1 g
  truyền dịch
  Dung dịch tiêm truyền | Rx | Thùng 20 chai x 500 ml | HN | 12500
Nước cất pha tiêm 5 ml | nước cất pha tiêm 5 ml | nước cất
  Dung môi pha tiêm | Rx | Hộp 50 ống x 5 ml | PS | 1100
Lidocain tiêm 2% | lidocain hydroclorid 40 mg/2 ml | gây tê
  Dung dịch tiêm | Rx | Hộp 10 vỉ x 10 ống x 2 ml | PS | 900
Adrenalin tiêm 1 mg/ml | adrenalin 1 mg/ml | sốc phản vệ; epinephrin
  Dung dịch tiêm | Rx | Hộp 5 vỉ x 10 ống x 1 ml | LT | 2900
Methylprednisolon tiêm 40 mg | methylprednisolon 40 mg | sốc phản vệ; Solu-Medrol
  Bột đông khô pha tiêm | Rx | Hộp 1 lọ + 1 ống nước cất pha tiêm 2 ml | BM | 18500
Diphenhydramin tiêm 10 mg/ml | diphenhydramin hydroclorid 10 mg/ml | dị ứng; Dimedrol
  Dung dịch tiêm | Rx | Hộp 10 vỉ x 10 ống x 1 ml | LT | 900
Vitamin B12 tiêm 1000 mcg | cyanocobalamin 1000 mcg/ml | tiêm B12
  Dung dịch tiêm | Rx | Hộp 10 vỉ x 10 ống x 1 ml | PS | 1100
`,
  },
  {
    group: 'Thuốc cổ truyền, dược liệu',
    firstNumber: 1351,
    table: `
Cao ích mẫu chai | ích mẫu 80 g; hương phụ 25 g; ngải cứu 20 g | điều kinh
  Cao lỏng | OTC | Hộp 1 chai 180 ml | TP | 48000
Lục vị hoàn | thục địa 0,8 g; hoài sơn 0,4 g; sơn thù 0,4 g; trạch tả 0,3 g | bổ thận âm
  Hoàn mềm | OTC | Hộp 10 viên x 9 g | TP | 5200
Bát vị hoàn | thục địa 1,1 g; phụ tử chế 0,14 g; quế nhục 0,14 g | bổ thận dương
  Hoàn mềm | OTC | Hộp 10 viên x 9 g | TP | 5600
Bổ trung ích khí hoàn | đảng sâm 0,3 g; hoàng kỳ 1 g; bạch truật 0,3 g | suy nhược; ăn kém
  Hoàn mềm | OTC | Hộp 10 viên x 9 g | TP | 5900
Quy tỳ hoàn | hoàng kỳ 0,4 g; đương quy 0,4 g; long nhãn 0,4 g | mất ngủ; ăn kém
  Hoàn mềm | OTC | Hộp 10 viên x 9 g | TP | 5800
Độc hoạt tang ký sinh | độc hoạt 0,6 g; tang ký sinh 0,4 g; đỗ trọng 0,4 g | đau lưng; phong thấp
  Viên nang cứng | OTC | Hộp 5 vỉ x 10 viên | TP | 1700
Kim tiền thảo | cao khô kim tiền thảo 120 mg; râu ngô 35 mg | sỏi thận; sỏi tiết niệu
  Viên nén bao phim | OTC | Chai 100 viên | TP | 700
Diệp hạ châu | cao diệp hạ châu 250 mg | mát gan; viêm gan
  Viên nén bao phim | OTC | Hộp 5 vỉ x 20 viên | TP | 700
Trà gừng giải cảm | gừng 1,6 g | cảm lạnh; đầy bụng
  Thuốc cốm | OTC | Hộp 10 gói x 3 g | TP | 1800
Xoang hoa ngũ sắc | tân di hoa 0,6 g; thương nhĩ tử 0,4 g; ngũ sắc 0,4 g | viêm xoang; viêm mũi
  Viên nang cứng | OTC | Hộp 2 vỉ x 10 viên | TP | 2300
Tiêu trĩ hoàn | hòe giác 1,2 g; phòng phong 0,6 g; đương quy 0,6 g | trĩ
  Hoàn cứng | OTC | Hộp 10 gói x 5 g | TP | 6200
Tọa cốt phong tê thấp | hy thiêm 0,8 g; thiên niên kiện 0,3 g; ngũ gia bì 0,3 g
  đau nhức xương khớp
  Viên nang cứng | OTC | Hộp 10 vỉ x 10 viên | TP | 1300
`,
  },
];
