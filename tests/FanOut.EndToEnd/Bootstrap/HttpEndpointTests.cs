using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using FanOut.EndToEnd.Servers;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.EndToEnd.Bootstrap;

/// <summary>The function's program and an HTTPS server that others wrote.</summary>
public sealed class HttpEndpointTests : IAsyncDisposable
{
    private const string Source = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    private const string Token = "hush-token-Zx9";

    private readonly Cloud _cloud = Cloud.Start();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Records_arrive_with_headers_out_of_a_secret_which_no_line_of_the_log_holds()
    {
        IPAddress here = OwnAddress();
        using ServerCertificate certificate = new(here);
        await using HttpsEndpoint server = await StartAsync(certificate);
        string secret = _cloud.SecretsManager.Put("shop/key", $$"""{"Authorization":"Bearer {{Token}}"}""");
        Map("endpoint", Invariant($"https://{here}:{server.Port}/in?v=1"), $$""" "collapse":{"S":"ndjson"},"headersSecret":{"S":"{{secret}}"} """);
        Map("without", Invariant($"https://{here}:{server.Port}/in"), """ "collapse":{"S":"none"} """);
        Map("itself", Invariant($"https://localhost:{server.Port}/in"), """ "collapse":{"S":"none"} """);
        await using LocalFunction function = Function(certificate, Invariant($"{here}/32"));

        InvocationResult result = await function.InvokeAsync(Event("{\"n\":0}", "\"bad\"", "{\"n\":2}", "{\"n\":3}"), Cancellation);

        Assert.Null(result.FunctionError);
        string log = string.Join('\n', function.Log.Lines), all = log + Encoding.UTF8.GetString(result.Payload.Span);
        string[] taken = [.. server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(["{\"n\":0}", "{\"n\":2}", "{\"n\":3}"], server.Bodies.SelectMany(static b => b.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Order(StringComparer.Ordinal));
        Assert.All(taken, static l => Assert.Contains("\"path\": \"/in?v=1\", \"type\": \"application/x-ndjson\"", l, StringComparison.Ordinal));

        // One mapping has no header, and the other leads to the function's own machine: no network that is allowed makes that good.
        Assert.Contains("Http422", log, StringComparison.Ordinal);
        Assert.Contains("Http403", log, StringComparison.Ordinal);
        Assert.Contains("AddressRefused", log, StringComparison.Ordinal);
        Assert.Contains("loopback", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_to_which_it_answers_500_keeps_back_no_other()
    {
        IPAddress here = OwnAddress();
        using ServerCertificate certificate = new(here);
        await using HttpsEndpoint server = await StartAsync(certificate);
        string secret = _cloud.SecretsManager.Put("shop/key", $$"""{"Authorization":"Bearer {{Token}}"}""");
        Map("endpoint", Invariant($"https://{here}:{server.Port}/in"), $$""" "collapse":{"S":"JSON"},"headersSecret":{"S":"{{secret}}"},"deadLetter":{"S":"arn:aws:sqs:us-east-1:123456789012:letters"} """);
        _cloud.Sqs.CreateQueue("letters");
        await using LocalFunction function = Function(certificate, Invariant($"{here}/32"));

        InvocationResult result = await function.InvokeAsync(Event([.. Enumerable.Range(0, 40).Select(static i => i == 11 ? "\"crash\"" : Invariant($"{i}"))]), Cancellation);

        Assert.Null(result.FunctionError);
        IEnumerable<int> taken = server.Bodies.SelectMany(static b => JsonDocument.Parse(b).RootElement.GetProperty("Records").EnumerateArray().Select(static r => r.GetInt32()));
        Assert.Equal(Enumerable.Range(0, 40).Where(static i => i != 11), taken.Order());
        string letter = Assert.Single(_cloud.Sqs.Received).Text;
        Assert.Contains("Http500", letter, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, letter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_allowed_or_not_trusted_gets_nothing()
    {
        IPAddress here = OwnAddress();
        using ServerCertificate certificate = new(here), other = new(here);
        await using HttpsEndpoint server = await StartAsync(certificate);
        Map("endpoint", Invariant($"https://{here}:{server.Port}/in"), """ "collapse":{"S":"none"},"deadLetter":{"S":"arn:aws:sqs:us-east-1:123456789012:letters"} """);
        _cloud.Sqs.CreateQueue("letters");
        await using LocalFunction untrusting = Function(other, Invariant($"{here}/32"));
        await using LocalFunction closed = Function(certificate, "");

        await untrusting.InvokeAsync(Event("1"), Cancellation);
        Assert.Contains("certificate", string.Join('\n', untrusting.Log.Lines), StringComparison.OrdinalIgnoreCase);
        Assert.SkipWhen(FanOut.Aws.Http.AddressRules.PublicOnly.WhyNot(here) is null, "This machine's own address is public, so that it is allowed anyway.");
        await closed.InvokeAsync(Event("2"), Cancellation);

        Assert.Contains("FANOUT_HTTP_NETWORKS", string.Join('\n', closed.Log.Lines), StringComparison.Ordinal);
        Assert.Equal("", server.Output);
        Assert.Equal(2, _cloud.Sqs.Received.Count);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static Task<HttpsEndpoint> StartAsync(ServerCertificate certificate) => HttpsEndpoint.StartAsync(_ => certificate, $"Bearer {Token}", Cancellation);

    private static IPAddress OwnAddress()
    {
        Assert.SkipWhen(HttpsEndpoint.OwnAddress is null, "Needs a network: this machine has no address but that of itself.");
        return HttpsEndpoint.OwnAddress;
    }

    private LocalFunction Function(ServerCertificate trusted, string networks) => new(new LocalFunctionOptions
    {
        Name = "fanout",
        Program = BootstrapProgram.Path,
        EndpointUrl = _cloud.Endpoint,
        Timeout = TimeSpan.FromSeconds(15),
        Environment = new Dictionary<string, string>
        {
            ["FANOUT_BATCH_ITEM_FAILURES"] = "true", ["FANOUT_PROGRESS"] = "false", ["FANOUT_HTTP_NETWORKS"] = networks, ["AWS_CA_BUNDLE"] = trusted.AuthorityFile,
        },
    });

    private void Map(string id, string destination, string more) =>
        (_cloud.Dynamo.Find("fanoutTargets") ?? _cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id")).Put($$"""
            {"sourceArn":{"S":"{{Source}}"},"id":{"S":"{{id}}"},"type":{"S":"http"},"destination":{"S":"{{destination}}"},"active":{"BOOL":true},{{more}}}
            """);

    private static ReadOnlyMemory<byte> Event(params string[] data) => Encoding.UTF8.GetBytes("{\"Records\":[" + string.Join(',', data.Select(static (d, i) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"kinesis":{"partitionKey":"key-{{i}}","sequenceNumber":"{{i + 1}}","data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(d))}}"},"eventSource":"aws:kinesis","eventSourceARN":"{{Source}}"}"""))) + "]}");
}
