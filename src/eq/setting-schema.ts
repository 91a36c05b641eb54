import * as v from 'valibot';
import { EQ_PARAMETERS, type EqSetting } from './parameters';

/** A setting from outside: 13 numbers, each inside the plug-in's bounds. */
export const settingSchema = v.strictTuple(
  EQ_PARAMETERS.map(({ min, max }) => v.pipe(v.number(), v.minValue(min), v.maxValue(max))),
) satisfies v.GenericSchema<unknown, EqSetting>;
