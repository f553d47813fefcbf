export default {
  testMatch: ["<rootDir>/tests/jest/*.test.js"],
  setupFilesAfterEnv: ["<rootDir>/tests/jest/setup.js"],
  // Tests are ES modules as they stand.
  transform: {},
};
