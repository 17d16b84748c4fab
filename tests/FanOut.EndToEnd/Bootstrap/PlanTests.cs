using System.Globalization;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.EndToEnd.Bootstrap;

/// <summary>What Test-FanOutTarget says that the function would send is what the function's program then sends, byte for byte.</summary>
public sealed class PlanTests : IAsyncDisposable
{
    private const string Orders = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    private const string Table = "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-11-24T00:00:00.000";

    private readonly Cloud _cloud = Cloud.Start();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Theory]
    [InlineData(Orders, "sqs", "https://sqs.us-east-1.amazonaws.com/123456789012/orders", "")]
    [InlineData(Orders, "sqs", "https://sqs.us-east-1.amazonaws.com/123456789012/orders", "collapse=none")]
    [InlineData(Orders, "sqs", "https://sqs.us-east-1.amazonaws.com/123456789012/orders.fifo", "collapse=none")]
    [InlineData(Orders, "sns", "arn:aws:sns:us-east-1:123456789012:orders", "collapse=concat")]
    [InlineData(Orders, "kinesis", "copy", "")]
    [InlineData(Orders, "kinesis", "copy", "appendNewlines=true;parallel=false")]
    [InlineData(Orders, "firehose", "lake", "filter={\"data\":{\"n\":[{\"numeric\":[\">\",100]}]}}")]
    [InlineData(Orders, "es", "%s#orders", "")]
    [InlineData(Orders, "iot", "%s#shop/orders", "collapse=JSON")]
    [InlineData(Orders, "iot", "%s#shop/orders", "collapse=JSON;messageAttributes={\"kind\":\"order\",\"a:é\":\"<partitionKey>\"}")]
    [InlineData(Orders, "sns", "arn:aws:sns:us-east-1:123456789012:orders", "collapse=none;messageAttributes={\"kind\":\"order\",\"n\":{\"Number\":\"<data.n>\"}}")]
    [InlineData(Orders, "lambda", "other", "")]
    [InlineData(Orders, "lambda", "other", "passthrough=true")]
    [InlineData(Table, "sqs", "https://sqs.us-east-1.amazonaws.com/123456789012/orders", "convertDDB=true")]
    [InlineData(Table, "es", "%s#orders", "convertDDB=true")]
    public async Task The_plan_s_calls_are_the_function_s(string source, string type, string destination, string settings)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        CreateDestinations();
        destination = destination.Replace("%s", _cloud.Endpoint.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        _cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id").Put(Row(source, type, destination, settings));
        byte[] json = Event(source);
        string file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, json, cancellation);

        string[] planned = Plan(source, file);
        File.Delete(file);
        int before = _cloud.Calls.Count;
        await using LocalFunction function = new(new LocalFunctionOptions
        {
            Name = "fanout",
            Program = BootstrapProgram.Path,
            EndpointUrl = _cloud.Endpoint,
            Timeout = TimeSpan.FromSeconds(30),
            Environment = new Dictionary<string, string> { ["FANOUT_BATCH_ITEM_FAILURES"] = "true", ["FANOUT_PROGRESS"] = "false" },
        });
        InvocationResult result = await function.InvokeAsync(json, cancellation);

        Assert.Null(result.FunctionError);
        string[] sent = [.. _cloud.Calls.Skip(before).Where(static c => c.Service is not ("dynamodb" or "sts")).Select(static c => c.BodyDigest)];
        Assert.NotEmpty(sent);
        Assert.All(_cloud.Iot.Received, a => Assert.Equal(settings.Contains("messageAttributes", StringComparison.Ordinal) ? ["kind order", "a:é key"] : [], a.UserProperties.Select(static p => $"{p.Key} {p.Value.Split(' ')[0]}")));
        Assert.Equal(sent.Order(StringComparer.Ordinal), planned.Order(StringComparer.Ordinal));
    }

    private string[] Plan(string source, string file)
    {
        using PowerShellSession session = new();
        session.CallAt(_cloud.Endpoint, "AKIAPLAN000000000000", "plan");
        PowerShellResult result = session.Run($"(Test-FanOutTarget t -SourceArn '{source}' -EventPath '{file}' | Where-Object Check -eq Plan).Calls").ThrowIfFailed();
        return [.. result.Output.Select(static c => Convert.ToHexString(SHA256.HashData([.. (IEnumerable<byte>)PSObject.AsPSObject(c).Properties["Body"].Value])))];
    }

    private void CreateDestinations()
    {
        _cloud.Sqs.CreateQueue("orders");
        _cloud.Sqs.CreateQueue("orders.fifo", new Dictionary<string, string> { ["FifoQueue"] = "true" });
        _cloud.Sns.CreateTopic("orders");
        _cloud.Kinesis.CreateStream("copy");
        _cloud.Firehose.CreateDeliveryStream("lake");
        LambdaService lambda = new(LambdaServiceOptions.Of(_cloud));
        lambda.Add("other", new RecordingFunction());
        _cloud.Add(lambda);
    }

    private static string Row(string source, string type, string destination, string settings)
    {
        StringBuilder row = new($$"""{"sourceArn":{"S":"{{source}}"},"id":{"S":"t"},"type":{"S":"{{type}}"},"destination":{"S":"{{destination}}"},"active":{"BOOL":true}""");
        foreach (string[] setting in settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static s => s.Split('=', 2)))
        {
            row.Append(setting[1] is "true" or "false" ? $",\"{setting[0]}\":{{\"BOOL\":{setting[1]}}}" : $",\"{setting[0]}\":{{\"S\":\"{setting[1].Replace("\"", "\\\"", StringComparison.Ordinal)}\"}}");
        }

        return row.Append('}').ToString();
    }

    // Enough for several calls of each target.
    private static byte[] Event(string source) => LambdaEvent.Of(Enumerable.Range(0, 700).Select(i => source == Orders
        ? LambdaEvent.Kinesis(Encoding.UTF8.GetBytes($$"""{"n":{{i}},"text":"{{new string('x', i)}}"}"""), $"key {i % 50}", (1000 + i).ToString(CultureInfo.InvariantCulture), Orders)
        : LambdaEvent.Dynamo("INSERT", $$$"""{"id":{"N":"{{{i}}}"}}""", $$$"""{"id":{"N":"{{{i}}}"},"text":{"S":"{{{new string('x', i)}}}"}}""", null, (1000 + i).ToString(CultureInfo.InvariantCulture))));
}
