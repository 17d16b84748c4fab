using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.LocalCloud.Lambda;

/// <summary>The service behind the cloud's front, over the wire.</summary>
public sealed class LambdaServiceTests : IAsyncLifetime
{
    private const int Timeout = 120_000;

    private readonly Cloud _cloud = Cloud.Start();
    private readonly RecordingFunction _recorder = new(payload => new("id", payload));
    private readonly LambdaService _service;

    public LambdaServiceTests()
    {
        _service = new(LambdaServiceOptions.Of(_cloud));
        _cloud.Add(_service);
        _service.Add("recorder", _recorder);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Theory(Timeout = Timeout)]
    [InlineData("recorder")]
    [InlineData("arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Arecorder")]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:recorder:live")]
    public async Task An_invocation_arrives_whether_the_name_is_encoded_or_not(string name)
    {
        using var answer = await PostAsync($"/2015-03-31/functions/{name}/invocations", "{\"é\":1}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("{\"é\":1}", await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_unknown_function_is_answered_as_Lambda_does()
    {
        using var answer = await PostAsync("/2015-03-31/functions/nobody/invocations", "{}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("ResourceNotFoundException", answer.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.Equal(
            "{\"Type\":\"User\",\"Message\":\"Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody\"}",
            await answer.Content.ReadAsStringAsync(Token));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("/2015-03-31/functions/recorder")]
    [InlineData("/2031-01-01/functions/recorder/invocations")]
    public async Task What_the_stand_in_lacks_is_told(string path)
    {
        using var answer = await PostAsync(path, "{}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("UnknownOperationException", answer.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Fact(Timeout = Timeout)]
    public async Task AWSs_own_client_understands_every_answer()
    {
        _cloud.Kinesis.CreateStream("orders", shards: 2);

        var said = await Boto.RunAsync(_cloud, """
            l = client("lambda")
            records = [{"Data": b"%d" % i, "PartitionKey": "key-%d" % i} for i in range(20)]
            print(client("kinesis").put_records(StreamName="orders", Records=records)["FailedRecordCount"])
            r = l.invoke(FunctionName="recorder", Payload=b'{"a":1}')
            print(r["StatusCode"], r["ExecutedVersion"], r["Payload"].read().decode())
            print(l.invoke(FunctionName="recorder", InvocationType="Event", Qualifier="live", Payload=b"[]")["StatusCode"])
            try: l.invoke(FunctionName="nobody")
            except l.exceptions.ResourceNotFoundException as e: print(e.response["Error"]["Code"])
            m = l.create_event_source_mapping(EventSourceArn="arn:aws:kinesis:us-east-1:123456789012:stream/orders", FunctionName="recorder",
                StartingPosition="TRIM_HORIZON", BatchSize=2, FunctionResponseTypes=["ReportBatchItemFailures"])
            print(m["State"], m["BatchSize"], m["FunctionResponseTypes"], m["LastModified"].year > 2000)
            print(len(l.list_event_source_mappings(FunctionName="recorder")["EventSourceMappings"]))
            def until(state):
                while (g := l.get_event_source_mapping(UUID=m["UUID"]))["State"] != state: time.sleep(0.01)
                return g
            while until("Enabled")["LastProcessingResult"] == "No records processed": time.sleep(0.01)
            print(l.update_event_source_mapping(UUID=m["UUID"], Enabled=False)["State"])
            until("Disabled")
            print(l.delete_event_source_mapping(UUID=m["UUID"])["State"])
            try:
                while True: l.get_event_source_mapping(UUID=m["UUID"])
            except l.exceptions.ResourceNotFoundException: print("gone")
            """);

        Assert.Equal(
            ["0", "200 $LATEST {\"a\":1}", "202", "ResourceNotFoundException", "Creating 2 ['ReportBatchItemFailures'] True", "1", "Disabling", "Deleting", "gone"],
            said);
        Assert.Equal("live", _recorder.Invocations[1].Qualifier);
    }

    [Fact(Timeout = Timeout)]
    public async Task Records_put_into_a_stream_reach_the_mapped_function()
    {
        var stream = _cloud.Kinesis.CreateStream("orders", shards: 4);
        await using var mapping = _service.CreateEventSourceMapping(stream.Arn, "recorder", new() { BatchSize = 7 });

        await PutAsync(stream.Arn, Enumerable.Range(0, 100));
        await mapping.WhenIdleAsync(Token);

        var records = _recorder.Invocations
            .SelectMany(invocation => JsonDocument.Parse(invocation.Payload).RootElement.GetProperty("Records").EnumerateArray()).ToArray();
        Assert.All(records, record => Assert.Equal(stream.Arn, record.GetProperty("eventSourceARN").GetString()));
        Assert.Equal(
            Enumerable.Range(0, 100),
            records.Select(record => BitConverter.ToInt32(record.GetProperty("kinesis").GetProperty("data").GetBytesFromBase64())).Order());
        Assert.Equal(4, mapping.Progress.Shards.Count);
        Assert.All(mapping.Progress.Shards, shard => Assert.Equal(0, shard.RecordsBehind));
    }

    private async Task PutAsync(string streamArn, IEnumerable<int> numbers)
    {
        var records = numbers.Select(number => $$"""{"Data":"{{Convert.ToBase64String(BitConverter.GetBytes(number))}}","PartitionKey":"key-{{number}}"}""");
        using var answer = await PostAsync(
            "/", $$"""{"StreamARN":"{{streamArn}}","Records":[{{string.Join(',', records)}}]}""", "kinesis", "Kinesis_20131202.PutRecords");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body, string service = "lambda", string? target = null)
    {
        using var http = new HttpClient();
        var date = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_cloud.Endpoint, path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Amz-Date", date);
        if (target is not null)
        {
            request.Headers.Add("X-Amz-Target", target);
            request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        }

        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{date[..8]}/us-east-1/{service}/aws4_request, SignedHeaders=host;x-amz-date, Signature={new string('0', 64)}");
        return await http.SendAsync(request, Token);
    }
}
