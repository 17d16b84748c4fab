using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Policies;

namespace FanOut.EndToEnd.Bootstrap;

/// <summary>The function's program as a deployment package: deployed to the stand-in cloud over its API, running under a role's policy.</summary>
public sealed class DeployedTests : IAsyncDisposable
{
    private const string Stream = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:orders";

    private readonly Cloud _cloud = Cloud.Start(new CloudOptions { EnforcePolicies = true });
    private readonly LambdaService _lambda;

    public DeployedTests()
    {
        _lambda = new LambdaService(LambdaServiceOptions.Of(_cloud));
        _cloud.Add(_lambda);
    }

    [Fact]
    public async Task Records_reach_a_target_as_soon_as_the_role_may_send_there_and_nothing_else_is_needed()
    {
        _cloud.Sqs.CreateQueue("orders");
        _cloud.Kinesis.CreateStream("orders").Put("k", "{\"n\":1}"u8.ToArray());
        _cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id").Put($$"""
            {"sourceArn":{"S":"{{Stream}}"},"id":{"S":"q"},"type":{"S":"sqs"},"destination":{"S":"{{Queue}}"},"active":{"BOOL":true},"collapse":{"S":"none"} }
            """);
        IamRole role = _cloud.Iam.CreateRole("fanout", """{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"lambda.amazonaws.com"} } }""");
        role.PutPolicy("all but the target", $$"""
            {"Statement":[
                {"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/fanout:*"},
                {"Effect":"Allow","Action":["kinesis:GetRecords","kinesis:GetShardIterator","kinesis:DescribeStream*","kinesis:ListShards"],"Resource":"{{Stream}}"},
                {"Effect":"Allow","Action":["dynamodb:Query","dynamodb:PutItem","dynamodb:DeleteItem"],"Resource":"arn:aws:dynamodb:us-east-1:123456789012:table/fanoutTargets"}]}
            """);
        await DeployAsync(role.Arn);
        var mapping = _lambda.CreateEventSourceMapping(Stream, "fanout", new() { ReportBatchItemFailures = true, RetryBaseDelay = TimeSpan.FromMilliseconds(10), RetryMaximumDelay = TimeSpan.FromMilliseconds(10) });

        await _cloud.AccessChecks.WaitForAsync(checks => checks.Any(check => check.Action == "sqs:SendMessage"), TestContext.Current.CancellationToken);
        Assert.Empty(_cloud.Sqs.Received);
        role.PutPolicy("target", $$"""{"Statement":{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"{{Queue}}"} }""");
        await mapping.WhenIdleAsync(TestContext.Current.CancellationToken);

        Assert.Equal("{\"n\":1}", Assert.Single(_cloud.Sqs.Received).Text);
        Assert.All(_cloud.AccessChecks.Where(check => check.Decision != AccessDecision.Allowed), check => Assert.Equal("sqs:SendMessage", check.Action));
        Assert.Contains("\"level\"", string.Join('\n', _cloud.Logs.Find("/aws/lambda/fanout")!.Lines), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _lambda.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    private async Task DeployAsync(string roleArn)
    {
        string folder = Path.GetDirectoryName(BootstrapProgram.Path)!;
        string zip = Convert.ToBase64String(Zip(Directory.GetFiles(folder).Where(file => Path.GetExtension(file) is "" or ".dll" or ".json")));
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(_cloud.Endpoint, "/2015-03-31/functions"))
        {
            Content = new StringContent(
                $$$"""
                {"FunctionName":"fanout","Role":"{{{roleArn}}}","Runtime":"provided.al2023","Handler":"bootstrap","Timeout":60,"MemorySize":512,
                "Environment":{"Variables":{"FANOUT_BATCH_ITEM_FAILURES":"true","FANOUT_METRICS":"none","FANOUT_REFRESH_SECONDS":"0"}},"Code":{"ZipFile":"{{{zip}}}"} }
                """,
                Encoding.UTF8,
                "application/json"),
        };
        string date = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        request.Headers.Add("X-Amz-Date", date);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256", $"Credential=AKIDEXAMPLE/{date[..8]}/us-east-1/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature={new string('0', 64)}");
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static byte[] Zip(IEnumerable<string> files)
    {
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string file in files)
            {
                archive.CreateEntryFromFile(file, Path.GetFileName(file)).ExternalAttributes = unchecked((int)0x81ED0000);
            }
        }

        return bytes.ToArray();
    }
}
