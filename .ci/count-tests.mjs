// Reads vitest's JSON report: "passed failed skipped" on one line, or with --failures the names and first lines of the failures.
import { readFileSync } from 'node:fs';

const [file, mode] = process.argv.slice(2);
const report = JSON.parse(readFileSync(file, 'utf8'));
const broken = report.testResults.filter(
  (suite) => suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed'),
);
if (mode === '--failures') {
  for (const suite of report.testResults) {
    for (const test of suite.assertionResults.filter(({ status }) => status === 'failed')) {
      console.log(
        `  ${suite.name.split('/test/')[1]}: ${test.fullName}\n    ${(test.failureMessages[0] ?? '').split('\n')[0]}`,
      );
    }
  }
  for (const suite of broken)
    console.log(`  ${suite.name.split('/test/')[1]}: ${(suite.message ?? '').split('\n')[0]}`);
} else {
  const failed = report.numFailedTests + broken.length;
  // A run that failed without a failed test (an unhandled error) counts as one failure.
  console.log(
    report.numPassedTests,
    failed === 0 && mode !== '0' ? 1 : failed,
    report.numPendingTests + report.numTodoTests,
  );
}
