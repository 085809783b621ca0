import type { StarterSection } from './starter-table.ts';

/** Antibiotics, antivirals, antifungals and antiparasitics. */
export const antiInfectiveSections: readonly StarterSection[] = [
  {
    group: 'Kháng sinh',
    firstNumber: 501,
    table: `
Amoxicilin 250 mg | amoxicilin 250 mg | kháng sinh
  Viên nang cứng | Rx | Hộp 10 vỉ x 10 viên | CN | 800
Amoxicilin 500 mg | amoxicilin 500 mg | kháng sinh; Amox
  Viên nang cứng | Rx | Hộp 10 vỉ x 10 viên | CN | 1200
Amoxicilin gói 250 mg | amoxicilin 250 mg | kháng sinh trẻ em
  Thuốc bột pha hỗn dịch uống | Rx | Hộp 12 gói x 1,5 g | HG | 2100
Amoxicilin Clavulanat 625 mg | amoxicilin 500 mg; acid clavulanic 125 mg | kháng sinh; Augmentin 625
  Viên nén bao phim | Rx | Hộp 2 vỉ x 7 viên | HG | 7900
Amoxicilin Clavulanat 1 g | amoxicilin 875 mg; acid clavulanic 125 mg | kháng sinh; Augmentin 1g
  Viên nén bao phim | Rx | Hộp 2 vỉ x 7 viên | HG | 11500
Amoxicilin Clavulanat gói 250 mg | amoxicilin 250 mg; acid clavulanic 31,25 mg
  kháng sinh trẻ em; Klamentin
  Thuốc bột pha hỗn dịch uống | Rx | Hộp 12 gói x 1,5 g | HG | 6400
Amoxicilin Clavulanat gói 500 mg | amoxicilin 500 mg; acid clavulanic 62,5 mg | kháng sinh trẻ em
  Thuốc bột pha hỗn dịch uống | Rx | Hộp 12 gói x 2 g | HG | 9400
Ampicilin 500 mg | ampicilin 500 mg | kháng sinh
  Viên nang cứng | Rx | Hộp 10 vỉ x 10 viên | LT | 1100
Penicilin V 400.000 IU | phenoxymethylpenicilin kali 400.000 IU | kháng sinh; viêm họng
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | LT | 500
Penicilin V 1.000.000 IU | phenoxymethylpenicilin kali 1.000.000 IU | kháng sinh; viêm họng
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | LT | 900
Cephalexin 500 mg | cephalexin 500 mg | kháng sinh
  Viên nang cứng | Rx | Hộp 10 vỉ x 10 viên | HG | 1300
Cephalexin gói 250 mg | cephalexin 250 mg | kháng sinh trẻ em
  Thuốc bột pha hỗn dịch uống | Rx | Hộp 24 gói x 1,5 g | HG | 1800
Cefadroxil 500 mg | cefadroxil 500 mg | kháng sinh
  Viên nang cứng | Rx | Hộp 10 vỉ x 10 viên | BM | 2000
Cefaclor 250 mg | cefaclor 250 mg | kháng sinh
  Viên nang cứng | Rx | Hộp 3 vỉ x 10 viên | PS | 2900
Cefaclor gói 125 mg | cefaclor 125 mg | kháng sinh trẻ em
  Thuốc bột pha hỗn dịch uống | Rx | Hộp 12 gói x 2 g | PS | 2300
Cefuroxim 250 mg | cefuroxim 250 mg | kháng sinh; Zinnat
  Viên nén bao phim | Rx | Hộp 2 vỉ x 5 viên | CN | 3600
Cefuroxim 500 mg | cefuroxim 500 mg | kháng sinh; Zinnat 500
  Viên nén bao phim | Rx | Hộp 2 vỉ x 5 viên | CN | 6200
Cefixim 100 mg | cefixim 100 mg | kháng sinh trẻ em
  Thuốc bột pha hỗn dịch uống | Rx | Hộp 12 gói x 1,5 g | PS | 2500
Cefixim 200 mg | cefixim 200 mg | kháng sinh
  Viên nang cứng | Rx | Hộp 2 vỉ x 10 viên | PS | 3200
Cefpodoxim 100 mg | cefpodoxim 100 mg | kháng sinh
  Viên nén bao phim | Rx | Hộp 1 vỉ x 10 viên | AD | 4400
Cefpodoxim 200 mg | cefpodoxim 200 mg | kháng sinh
  Viên nén bao phim | Rx | Hộp 1 vỉ x 10 viên | AD | 7500
Cefdinir 300 mg | cefdinir 300 mg | kháng sinh
  Viên nang cứng | Rx | Hộp 1 vỉ x 10 viên | HQ | 8800
Cefotaxim tiêm 1 g | cefotaxim 1 g | kháng sinh tiêm
  Bột pha tiêm | Rx | Hộp 10 lọ | BM | 9800
Ceftriaxon tiêm 1 g | ceftriaxon 1 g | kháng sinh tiêm; Rocephin
  Bột pha tiêm | Rx | Hộp 10 lọ | BM | 12500
Azithromycin 250 mg | azithromycin 250 mg | kháng sinh
  Viên nang cứng | Rx | Hộp 1 vỉ x 6 viên | HG | 4100
Azithromycin 500 mg | azithromycin 500 mg | kháng sinh; Zithromax
  Viên nén bao phim | Rx | Hộp 1 vỉ x 3 viên | HG | 7900
Azithromycin hỗn dịch 200 mg/5 ml | azithromycin 200 mg/5 ml | kháng sinh trẻ em
  Bột pha hỗn dịch uống | Rx | Hộp 1 chai 15 ml | TL | 68000
Clarithromycin 250 mg | clarithromycin 250 mg | kháng sinh; dạ dày HP
  Viên nén bao phim | Rx | Hộp 2 vỉ x 10 viên | TS | 3400
Clarithromycin 500 mg | clarithromycin 500 mg | kháng sinh; dạ dày HP; Klacid
  Viên nén bao phim | Rx | Hộp 2 vỉ x 7 viên | TS | 5900
Erythromycin 500 mg | erythromycin 500 mg | kháng sinh
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | LT | 1800
Erythromycin gói 250 mg | erythromycin 250 mg | kháng sinh trẻ em
  Thuốc bột pha hỗn dịch uống | Rx | Hộp 30 gói x 3 g | LT | 2100
Spiramycin 1,5 M.I.U | spiramycin 1.500.000 IU | kháng sinh; Rovamycine
  Viên nén bao phim | Rx | Hộp 2 vỉ x 8 viên | CN | 2200
Spiramycin 3 M.I.U | spiramycin 3.000.000 IU | kháng sinh
  Viên nén bao phim | Rx | Hộp 2 vỉ x 5 viên | CN | 4100
Spiramycin Metronidazol | spiramycin 750.000 IU; metronidazol 125 mg | đau răng; viêm nướu; Rodogyl
  Viên nén bao phim | Rx | Hộp 2 vỉ x 10 viên | CN | 1700
Roxithromycin 150 mg | roxithromycin 150 mg | kháng sinh
  Viên nén bao phim | Rx | Hộp 5 vỉ x 10 viên | BM | 1300
Doxycyclin 100 mg | doxycyclin 100 mg | kháng sinh; mụn trứng cá
  Viên nang cứng | Rx | Hộp 10 vỉ x 10 viên | BM | 700
Tetracyclin 500 mg | tetracyclin hydroclorid 500 mg | kháng sinh
  Viên nang cứng | Rx | Hộp 10 vỉ x 10 viên | LT | 800
Ciprofloxacin 500 mg | ciprofloxacin 500 mg | kháng sinh; tiết niệu
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | HG | 1100
Levofloxacin 500 mg | levofloxacin 500 mg | kháng sinh; Tavanic
  Viên nén bao phim | Rx | Hộp 1 vỉ x 10 viên | AD | 3600
Ofloxacin 200 mg | ofloxacin 200 mg | kháng sinh
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | BM | 900
Moxifloxacin 400 mg | moxifloxacin 400 mg | kháng sinh; Avelox
  Viên nén bao phim | Rx | Hộp 1 vỉ x 5 viên | DU | 21000
Clindamycin 150 mg | clindamycin 150 mg | kháng sinh
  Viên nang cứng | Rx | Hộp 10 vỉ x 10 viên | CN | 1300
Clindamycin 300 mg | clindamycin 300 mg | kháng sinh; Dalacin
  Viên nang cứng | Rx | Hộp 2 vỉ x 8 viên | CN | 2300
Lincomycin 500 mg | lincomycin 500 mg | kháng sinh
  Viên nang cứng | Rx | Hộp 10 vỉ x 10 viên | HG | 1500
Metronidazol 250 mg | metronidazol 250 mg | kháng sinh; phụ khoa; Flagyl
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | HG | 400
Tinidazol 500 mg | tinidazol 500 mg | kháng sinh; phụ khoa
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | PS | 900
Secnidazol 500 mg | secnidazol 500 mg | lỵ amip
  Viên nén bao phim | Rx | Hộp 1 vỉ x 4 viên | TS | 4800
Co-trimoxazol 480 mg | sulfamethoxazol 400 mg; trimethoprim 80 mg | kháng sinh; Bactrim
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | LT | 400
Co-trimoxazol 960 mg | sulfamethoxazol 800 mg; trimethoprim 160 mg | kháng sinh
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | LT | 700
Nitrofurantoin 100 mg | nitrofurantoin 100 mg | tiết niệu
  Viên nang cứng | Rx | Hộp 3 vỉ x 10 viên | TL | 3200
Fosfomycin 3 g | fosfomycin 3 g | viêm bàng quang; tiết niệu; Monuril
  Thuốc cốm | Rx | Hộp 1 gói x 8 g | YY | 165000
Rifampicin Isoniazid | rifampicin 150 mg; isoniazid 75 mg | lao
  Viên nén bao phim | Rx | Hộp 24 vỉ x 28 viên | AD | 1500
Gentamicin tiêm 80 mg/2 ml | gentamicin 80 mg/2 ml | kháng sinh tiêm
  Dung dịch tiêm | Rx | Hộp 10 ống x 2 ml | PS | 1600
Rifaximin 200 mg | rifaximin 200 mg | kháng sinh đường ruột
  Viên nén bao phim | Rx | Hộp 1 vỉ x 12 viên | YY | 13500
`,
  },
  {
    group: 'Kháng virus, kháng nấm',
    firstNumber: 601,
    table: `
Aciclovir 200 mg | aciclovir 200 mg | zona; thủy đậu
  Viên nén | Rx | Hộp 5 vỉ x 5 viên | CN | 900
Aciclovir 400 mg | aciclovir 400 mg | zona; thủy đậu
  Viên nén | Rx | Hộp 5 vỉ x 5 viên | CN | 1600
Aciclovir 800 mg | aciclovir 800 mg | zona; thủy đậu
  Viên nén | Rx | Hộp 7 vỉ x 5 viên | CN | 2700
Oseltamivir 75 mg | oseltamivir 75 mg | cúm; Tamiflu
  Viên nang cứng | Rx | Hộp 1 vỉ x 10 viên | AD | 34000
Tenofovir 300 mg | tenofovir disoproxil fumarat 300 mg | viêm gan B
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | AD | 4200
Entecavir 0,5 mg | entecavir 0,5 mg | viêm gan B; Baraclude
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | AD | 9800
Lamivudin 100 mg | lamivudin 100 mg | viêm gan B
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | BM | 3100
Fluconazol 150 mg | fluconazol 150 mg | nấm; Diflucan
  Viên nang cứng | Rx | Hộp 1 vỉ x 1 viên | CN | 12000
Itraconazol 100 mg | itraconazol 100 mg | nấm; nấm móng; Sporal
  Viên nang cứng | Rx | Hộp 1 vỉ x 4 viên | TL | 9500
Griseofulvin 500 mg | griseofulvin 500 mg | nấm da; nấm tóc
  Viên nén | Rx | Hộp 2 vỉ x 10 viên | BM | 1600
Nystatin 500.000 IU | nystatin 500.000 IU | nấm miệng; nấm ruột
  Viên nén bao phim | Rx | Hộp 2 vỉ x 8 viên | LT | 1100
Nystatin rơ miệng 25.000 IU | nystatin 25.000 IU | rơ lưỡi; tưa lưỡi
  Thuốc bột rơ miệng | OTC | Hộp 20 gói x 1 g | BM | 1300
`,
  },
  {
    group: 'Trị giun sán, sốt rét, ký sinh trùng',
    firstNumber: 651,
    table: `
Albendazol 400 mg | albendazol 400 mg | tẩy giun; sổ giun; Zentel
  Viên nén nhai | OTC | Hộp 1 vỉ x 1 viên | CN | 5200
Mebendazol 500 mg | mebendazol 500 mg | tẩy giun; sổ giun; Fugacar
  Viên nén nhai | OTC | Hộp 1 vỉ x 1 viên | TL | 18500
Pyrantel 125 mg | pyrantel 125 mg | tẩy giun; sổ giun
  Viên nén bao phim | OTC | Hộp 1 vỉ x 6 viên | PS | 1900
Ivermectin 6 mg | ivermectin 6 mg | giun lươn; ghẻ
  Viên nén | Rx | Hộp 1 vỉ x 4 viên | AD | 9800
Praziquantel 600 mg | praziquantel 600 mg | sán lá gan; sán dây
  Viên nén bao phim | Rx | Hộp 1 vỉ x 4 viên | HQ | 8900
Triclabendazol 250 mg | triclabendazol 250 mg | sán lá gan lớn
  Viên nén | Rx | Hộp 1 vỉ x 4 viên | DU | 62000
Artemether Lumefantrin | artemether 20 mg; lumefantrin 120 mg | sốt rét
  Viên nén | Rx | Hộp 3 vỉ x 8 viên | AD | 4200
Cloroquin 250 mg | cloroquin phosphat 250 mg | sốt rét
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | LT | 500
Dầu trị ghẻ DEP | diethylphtalat 9,5 g | ghẻ; ngứa
  Thuốc mỡ | OTC | Hộp 1 lọ x 10 g | PS | 9500
Permethrin kem 5% | permethrin 5% | ghẻ; chấy rận
  Kem bôi da | OTC | Hộp 1 tuýp x 30 g | HN | 98000
`,
  },
];
