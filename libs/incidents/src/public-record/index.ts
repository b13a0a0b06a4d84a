export { CSV_FORM, GEOJSON_FORM, JSON_FORM, type RecordFacts, type RecordForm } from './public-files';
export { PublicRecordModule } from './public-record.module';
export { PublicRecord, type RecordFile } from './public-record.service';
