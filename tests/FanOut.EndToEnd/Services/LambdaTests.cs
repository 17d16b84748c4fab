using System.Net;
using FanOut.Aws.Lambda;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

[Collection(nameof(RecordingMoto))]
public sealed class LambdaTests(RecordingMoto moto)
{
    [Theory]
    [InlineData("lambda-by-name")]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:lambda-by-arn")]
    public async Task An_event_is_queued_for_the_function(string function)
    {
        Uri endpoint = (await moto.Server.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await LambdaFunction.CreateAsync(api, function[(function.LastIndexOf(':') + 1)..]);
        await moto.Server.StartRecordingAsync();
        using AmazonLambdaClient client = Client(endpoint);

        InvokeResponse response = await LambdaFunction.InvokeAsync(client, function, "{\"Records\":[\"é\"]}"u8.ToArray());

        Assert.Equal(HttpStatusCode.Accepted, response.HttpStatusCode);
        RecordedRequest invoked = Assert.Single(
            await moto.Server.GetRecordingAsync(),
            request => Uri.UnescapeDataString(request.Url.AbsolutePath) == $"/2015-03-31/functions/{function}/invocations");
        Assert.Equal("{\"Records\":[\"é\"]}"u8.ToArray(), invoked.Body.ToArray());
    }

    [Fact]
    public async Task A_function_that_does_not_exist_is_named_in_a_typed_refusal()
    {
        // An instance of its own, because moto looks a function up only where it would run it.
        await using MotoServer running = new();
        Uri endpoint = (await running.StartAsync()).Endpoint;
        await running.ConfigureAsync("""{"lambda":{"use_docker":true}}""");
        using AmazonLambdaClient client = Client(endpoint);

        AmazonLambdaException refusal = await Assert.ThrowsAsync<AmazonLambdaException>(
            () => LambdaFunction.InvokeAsync(client, "absent", "{}"u8.ToArray()));

        Assert.Equal((HttpStatusCode.NotFound, "ResourceNotFoundException"), (refusal.StatusCode, refusal.ErrorCode));
        Assert.Contains("absent", refusal.Message, StringComparison.Ordinal);
    }

    private static AmazonLambdaClient Client(Uri endpoint) => new(Emulated.Credentials, Emulated.Config(AmazonLambdaClient.Service, endpoint));
}
