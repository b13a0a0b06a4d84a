module.exports = require('./run-cache').remove;
