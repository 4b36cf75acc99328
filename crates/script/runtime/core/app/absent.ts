import {absent} from '../utils/absent';

// Of the reference's editor and of Motion Canvas's, and sounds that are no nodes.
export const AudioManager: any = absent('AudioManager');
export const BoolMetaField: any = absent('BoolMetaField');
export const ColorMetaField: any = absent('ColorMetaField');
export const EnumMetaField: any = absent('EnumMetaField');
export const ExporterMetaField: any = absent('ExporterMetaField');
export const MetaField: any = absent('MetaField');
export const MetaFile: any = absent('MetaFile');
export const NumberMetaField: any = absent('NumberMetaField');
export const ObjectMetaField: any = absent('ObjectMetaField');
export const Presenter: any = absent('Presenter');
export const ProjectMetadata: any = absent('ProjectMetadata');
export const RangeMetaField: any = absent('RangeMetaField');
export const Sounds: any = absent('Sounds');
export const StringMetaField: any = absent('StringMetaField');
export const Vector2MetaField: any = absent('Vector2MetaField');
export const addEditorToProject: any = absent('addEditorToProject');
export const bootstrap: any = absent('bootstrap');
export const createSceneMetadata: any = absent('createSceneMetadata');
export const createSettingsMetadata: any = absent('createSettingsMetadata');
export const editorBootstrap: any = absent('editorBootstrap');
export const sound: any = absent('sound');
