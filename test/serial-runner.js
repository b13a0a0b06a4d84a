const { default: TestRunner } = require('jest-runner');

/** One file at a time, also when other projects run several: the whole product and a browser keep two cores busy enough. */
module.exports = class SerialRunner extends TestRunner {
  isSerial = true;
};
