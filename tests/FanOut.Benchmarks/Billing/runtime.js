// Runs aws-lambda-fanout as Lambda's Node.js runtime would: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
// Its folder is the working directory. AWS SDK 2 knows no AWS_ENDPOINT_URL, so it is told here.
'use strict';
const http = require('http');
const path = require('path');

const AWS = require(require.resolve('aws-sdk', { paths: [process.cwd()] }));
AWS.config.update({ endpoint: process.env.AWS_ENDPOINT_URL });
const { handler } = require(path.join(process.cwd(), 'fanout.js'));

const agent = new http.Agent({ keepAlive: true });
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');

function call(method, resource, body) {
    return new Promise((resolve, reject) => {
        const request = http.request({ host, port, agent, method, path: '/2018-06-01/runtime/' + resource }, response => {
            const chunks = [];
            response.on('data', chunk => chunks.push(chunk));
            response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
        });
        request.on('error', reject);
        request.end(body);
    });
}

(async () => {
    for (;;) {
        const next = await call('GET', 'invocation/next');
        const id = next.headers['lambda-runtime-aws-request-id'];
        try {
            const answer = await new Promise((succeed, fail) => handler(JSON.parse(next.body), { succeed, fail }));
            await call('POST', `invocation/${id}/response`, JSON.stringify(answer));
        } catch (error) {
            await call('POST', `invocation/${id}/error`, JSON.stringify({ errorType: 'Error', errorMessage: String(error) }));
        }
    }
})();
