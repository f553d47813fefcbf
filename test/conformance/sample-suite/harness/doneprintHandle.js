function $DONE(error) {
  print(error ? "Test262:AsyncTestFailure:" + String(error.message) : "Test262:AsyncTestComplete");
}
