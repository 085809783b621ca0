import type { StarterSection } from './starter-table.ts';

/** Heart, blood pressure, fats in the blood, clotting, brain and nerves. */
export const circulationSections: readonly StarterSection[] = [
  {
    group: 'Tim mạch, huyết áp',
    firstNumber: 701,
    table: `
Amlodipin 5 mg | amlodipin 5 mg | huyết áp; Amlor
  Viên nang cứng | Rx | Hộp 10 vỉ x 10 viên | BM | 500
Amlodipin 10 mg | amlodipin 10 mg | huyết áp
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | BM | 900
Nifedipin 20 mg | nifedipin 20 mg | huyết áp; Adalat
  Viên nén phóng thích kéo dài | Rx | Hộp 10 vỉ x 10 viên | CN | 900
Nifedipin 30 mg | nifedipin 30 mg | huyết áp
  Viên nén phóng thích kéo dài | Rx | Hộp 3 vỉ x 10 viên | DU | 5900
Lercanidipin 10 mg | lercanidipin hydroclorid 10 mg | huyết áp
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | YY | 3900
Felodipin 5 mg | felodipin 5 mg | huyết áp; Plendil
  Viên nén phóng thích kéo dài | Rx | Hộp 3 vỉ x 10 viên | AD | 3300
Losartan 50 mg | losartan kali 50 mg | huyết áp; Cozaar
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | CN | 1400
Losartan 100 mg | losartan kali 100 mg | huyết áp
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | CN | 2500
Losartan Hydroclorothiazid | losartan kali 50 mg; hydroclorothiazid 12,5 mg | huyết áp; Hyzaar
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | CN | 2200
Telmisartan 40 mg | telmisartan 40 mg | huyết áp; Micardis
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | AD | 1600
Telmisartan 80 mg | telmisartan 80 mg | huyết áp
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | AD | 2600
Telmisartan Amlodipin | telmisartan 40 mg; amlodipin 5 mg | huyết áp; Twynsta
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | AD | 4900
Valsartan 80 mg | valsartan 80 mg | huyết áp; Diovan
  Viên nén bao phim | Rx | Hộp 2 vỉ x 14 viên | TS | 3100
Valsartan 160 mg | valsartan 160 mg | huyết áp
  Viên nén bao phim | Rx | Hộp 2 vỉ x 14 viên | TS | 5200
Amlodipin Valsartan | amlodipin 5 mg; valsartan 80 mg | huyết áp; Exforge
  Viên nén bao phim | Rx | Hộp 2 vỉ x 14 viên | DU | 9800
Irbesartan 150 mg | irbesartan 150 mg | huyết áp; Aprovel
  Viên nén bao phim | Rx | Hộp 2 vỉ x 14 viên | PH | 4600
Candesartan 8 mg | candesartan cilexetil 8 mg | huyết áp
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | HQ | 3200
Captopril 25 mg | captopril 25 mg | huyết áp; hạ áp nhanh
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | LT | 400
Enalapril 5 mg | enalapril maleat 5 mg | huyết áp; Renitec
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | BM | 500
Enalapril 10 mg | enalapril maleat 10 mg | huyết áp
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | BM | 800
Lisinopril 10 mg | lisinopril 10 mg | huyết áp
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | HG | 1100
Perindopril 4 mg | perindopril tert-butylamin 4 mg | huyết áp; Coversyl
  Viên nén | Rx | Hộp 1 vỉ x 30 viên | CN | 1800
Perindopril 5 mg | perindopril arginin 5 mg | huyết áp
  Viên nén bao phim | Rx | Hộp 1 lọ x 30 viên | PH | 5300
Perindopril Indapamid | perindopril tert-butylamin 4 mg; indapamid 1,25 mg | huyết áp
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | CN | 3600
Atenolol 50 mg | atenolol 50 mg | huyết áp; nhịp tim
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | BM | 400
Bisoprolol 2,5 mg | bisoprolol fumarat 2,5 mg | suy tim; huyết áp; Concor
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | HG | 900
Bisoprolol 5 mg | bisoprolol fumarat 5 mg | huyết áp; nhịp tim
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | HG | 1300
Metoprolol 50 mg | metoprolol succinat 50 mg | huyết áp; Betaloc
  Viên nén phóng thích kéo dài | Rx | Hộp 2 vỉ x 14 viên | DU | 5100
Nebivolol 5 mg | nebivolol 5 mg | huyết áp; Nebilet
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | AD | 3400
Propranolol 40 mg | propranolol hydroclorid 40 mg | nhịp tim; run tay
  Viên nén | Rx | Hộp 5 vỉ x 20 viên | LT | 500
Carvedilol 6,25 mg | carvedilol 6,25 mg | suy tim; huyết áp
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | TS | 900
Ivabradin 5 mg | ivabradin 5 mg | suy tim; Procoralan
  Viên nén bao phim | Rx | Hộp 2 vỉ x 14 viên | AD | 7400
Methyldopa 250 mg | methyldopa 250 mg | huyết áp thai kỳ
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | LT | 900
Furosemid 40 mg | furosemid 40 mg | lợi tiểu; phù; Lasix
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | BM | 300
Spironolacton 25 mg | spironolacton 25 mg | lợi tiểu; Aldactone
  Viên nén bao phim | Rx | Hộp 5 vỉ x 10 viên | TS | 1100
Hydroclorothiazid 25 mg | hydroclorothiazid 25 mg | lợi tiểu; huyết áp
  Viên nén | Rx | Hộp 2 vỉ x 20 viên | CN | 300
Indapamid 1,5 mg | indapamid 1,5 mg | huyết áp; Natrilix
  Viên nén phóng thích kéo dài | Rx | Hộp 3 vỉ x 10 viên | CN | 1900
Digoxin 0,25 mg | digoxin 0,25 mg | suy tim; nhịp tim
  Viên nén | Rx | Hộp 1 vỉ x 30 viên | LT | 900
Amiodaron 200 mg | amiodaron hydroclorid 200 mg | rối loạn nhịp; Cordarone
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | PH | 3600
Trimetazidin 20 mg | trimetazidin dihydroclorid 20 mg | đau thắt ngực; Vastarel
  Viên nén bao phim | Rx | Hộp 2 vỉ x 30 viên | CN | 500
Trimetazidin 35 mg | trimetazidin dihydroclorid 35 mg | đau thắt ngực
  Viên nén phóng thích kéo dài | Rx | Hộp 2 vỉ x 30 viên | CN | 1100
Isosorbid mononitrat 60 mg | isosorbid-5-mononitrat 60 mg | đau thắt ngực; Imdur
  Viên nén phóng thích kéo dài | Rx | Hộp 2 vỉ x 15 viên | DU | 4300
Nitroglycerin 2,6 mg | glyceryl trinitrat 2,6 mg | đau thắt ngực; Nitromint
  Viên nang cứng | Rx | Hộp 2 vỉ x 15 viên | DU | 2100
`,
  },
  {
    group: 'Mỡ máu, chống đông',
    firstNumber: 801,
    table: `
Atorvastatin 10 mg | atorvastatin 10 mg | mỡ máu; Lipitor
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | HG | 900
Atorvastatin 20 mg | atorvastatin 20 mg | mỡ máu
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | HG | 1400
Atorvastatin 40 mg | atorvastatin 40 mg | mỡ máu
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | AD | 3100
Rosuvastatin 5 mg | rosuvastatin 5 mg | mỡ máu
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | CN | 1400
Rosuvastatin 10 mg | rosuvastatin 10 mg | mỡ máu; Crestor
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | CN | 2100
Rosuvastatin 20 mg | rosuvastatin 20 mg | mỡ máu
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | CN | 3500
Simvastatin 20 mg | simvastatin 20 mg | mỡ máu; Zocor
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | BM | 900
Ezetimib 10 mg | ezetimib 10 mg | mỡ máu
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | AD | 3800
Fenofibrat 160 mg | fenofibrat 160 mg | mỡ máu
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | PH | 4900
Fenofibrat 200 mg | fenofibrat 200 mg | mỡ máu; Lipanthyl
  Viên nang cứng | Rx | Hộp 3 vỉ x 10 viên | TS | 1900
Gemfibrozil 300 mg | gemfibrozil 300 mg | mỡ máu
  Viên nang cứng | Rx | Hộp 3 vỉ x 10 viên | LT | 1300
Clopidogrel 75 mg | clopidogrel 75 mg | chống huyết khối; Plavix
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | CN | 1900
Clopidogrel Aspirin | clopidogrel 75 mg; acid acetylsalicylic 100 mg | chống huyết khối
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | CN | 5200
Ticagrelor 90 mg | ticagrelor 90 mg | chống huyết khối; Brilinta
  Viên nén bao phim | Rx | Hộp 6 vỉ x 10 viên | AD | 11500
Rivaroxaban 20 mg | rivaroxaban 20 mg | chống đông; Xarelto
  Viên nén bao phim | Rx | Hộp 2 vỉ x 14 viên | AD | 24500
Acenocoumarol 4 mg | acenocoumarol 4 mg | chống đông; Sintrom
  Viên nén | Rx | Hộp 3 vỉ x 10 viên | LT | 2700
Acid tranexamic 500 mg | acid tranexamic 500 mg | cầm máu; Transamin
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | NB | 3400
`,
  },
  {
    group: 'Thần kinh, tâm thần',
    firstNumber: 851,
    table: `
Piracetam 800 mg | piracetam 800 mg | bổ não; trí nhớ; Nootropil
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | HG | 1100
Ginkgo biloba 80 mg | cao lá bạch quả 80 mg | bổ não; tuần hoàn não; Tanakan
  Viên nén bao phim | OTC | Hộp 10 vỉ x 10 viên | TP | 1700
Hoạt huyết dưỡng não | cao đinh lăng 150 mg; cao bạch quả 20 mg | bổ não; đau đầu
  Viên nén bao đường | OTC | Hộp 5 vỉ x 20 viên | TP | 1100
Betahistin 16 mg | betahistin dihydroclorid 16 mg | chóng mặt; tiền đình; Betaserc
  Viên nén | Rx | Hộp 5 vỉ x 10 viên | AD | 2100
Betahistin 24 mg | betahistin dihydroclorid 24 mg | chóng mặt; tiền đình
  Viên nén | Rx | Hộp 5 vỉ x 10 viên | AD | 3100
Flunarizin 5 mg | flunarizin 5 mg | đau nửa đầu; tiền đình; Sibelium
  Viên nang cứng | Rx | Hộp 10 vỉ x 10 viên | TS | 900
Acetyl leucin 500 mg | acetyl leucin 500 mg | chóng mặt; Tanganil
  Viên nén | OTC | Hộp 3 vỉ x 10 viên | PH | 5200
Rotundin 30 mg | rotundin 30 mg | mất ngủ; an thần
  Viên nén | OTC | Hộp 10 vỉ x 10 viên | TP | 900
An thần tâm sen | cao lá sen 50 mg; cao vông nem 75 mg; cao bình vôi 30 mg | mất ngủ; an thần
  Viên nén bao phim | OTC | Hộp 5 vỉ x 10 viên | TP | 1300
Mimosa hoa lạc tiên | lạc tiên 600 mg; lá vông nem 600 mg; lá sen 180 mg | mất ngủ; an thần
  Viên nén bao phim | OTC | Hộp 5 vỉ x 10 viên | TP | 1600
Gabapentin 300 mg | gabapentin 300 mg | đau thần kinh; Neurontin
  Viên nang cứng | Rx | Hộp 10 vỉ x 10 viên | AD | 2300
Pregabalin 75 mg | pregabalin 75 mg | đau thần kinh; Lyrica
  Viên nang cứng | Rx | Hộp 3 vỉ x 10 viên | AD | 4800
Carbamazepin 200 mg | carbamazepin 200 mg | động kinh; Tegretol
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | LT | 1600
Natri valproat 200 mg | natri valproat 200 mg | động kinh; Depakine
  Viên nén bao tan trong ruột | Rx | Hộp 4 vỉ x 10 viên | PH | 2600
Levetiracetam 500 mg | levetiracetam 500 mg | động kinh; Keppra
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | AD | 7600
Amitriptylin 25 mg | amitriptylin hydroclorid 25 mg | trầm cảm; mất ngủ
  Viên nén bao phim | Rx | Hộp 10 vỉ x 10 viên | LT | 600
Sertralin 50 mg | sertralin 50 mg | trầm cảm; Zoloft
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | AD | 3600
Fluoxetin 20 mg | fluoxetin 20 mg | trầm cảm; Prozac
  Viên nang cứng | Rx | Hộp 3 vỉ x 10 viên | AD | 1900
Sulpirid 50 mg | sulpirid 50 mg | an thần; Dogmatil
  Viên nang cứng | Rx | Hộp 2 vỉ x 15 viên | CN | 600
Olanzapin 10 mg | olanzapin 10 mg | tâm thần
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | AD | 2600
Diazepam 5 mg | diazepam 5 mg | an thần; Seduxen
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | LT | 500
Phenobarbital 100 mg | phenobarbital 100 mg | động kinh; Gardenal
  Viên nén | Rx | Hộp 10 vỉ x 10 viên | LT | 400
Levodopa Benserazid | levodopa 200 mg; benserazid 50 mg | Parkinson; Madopar
  Viên nén | Rx | Hộp 1 lọ 30 viên | YY | 6300
Trihexyphenidyl 2 mg | trihexyphenidyl hydroclorid 2 mg | Parkinson; run tay
  Viên nén | Rx | Hộp 5 vỉ x 20 viên | LT | 400
Donepezil 5 mg | donepezil hydroclorid 5 mg | sa sút trí tuệ; Alzheimer
  Viên nén bao phim | Rx | Hộp 3 vỉ x 10 viên | AD | 6800
`,
  },
];
