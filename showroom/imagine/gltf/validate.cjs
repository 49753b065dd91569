// Reads one model with Khronos' validator (npm's gltf-validator) and writes its report as JSON.
//     node validate.cjs FILE
const fs = require("fs");
const path = require("path");
const validator = require("gltf-validator");

const file = process.argv[2];
const folder = fs.realpathSync(path.dirname(file));

// a file that the model names: one of its own folder, and no other
function beside(uri) {
  return new Promise((resolve, reject) => {
    const whole = fs.realpathSync(path.resolve(folder, decodeURIComponent(uri)));
    if (!whole.startsWith(folder + path.sep)) reject(new Error("out of the model's folder"));
    else resolve(new Uint8Array(fs.readFileSync(whole)));
  });
}

validator
  .validateBytes(new Uint8Array(fs.readFileSync(file)), {
    uri: path.basename(file), maxIssues: 100, externalResourceFunction: beside,
  })
  .then((report) => process.stdout.write(JSON.stringify(report)))
  .catch((error) => { process.stderr.write(String(error)); process.exit(1); });
