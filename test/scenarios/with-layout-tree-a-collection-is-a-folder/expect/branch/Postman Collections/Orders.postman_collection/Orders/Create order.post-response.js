pm.test('is taken', () => {
  pm.response.to.have.status(201);
});
