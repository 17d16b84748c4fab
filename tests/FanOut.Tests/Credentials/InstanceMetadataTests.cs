using FanOut.Credentials;
using FanOut.LocalCloud.Http;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Credentials;

/// <summary>An instance that does not answer as it should.</summary>
public sealed class InstanceMetadataTests
{
    private readonly Dictionary<string, string?> _environment = [];
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task One_that_never_answers_is_given_up_in_time_and_not_asked_again()
    {
        int asked = 0;
        TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using HttpServer server = HttpServer.Start(async (_, leaving) =>
        {
            Interlocked.Increment(ref asked);
            waiting.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, leaving);
            return HttpResponse.Text(200, "text/plain", "");
        });
        InstanceMetadata metadata = At(server);

        Task<string?> role = Task.Run(metadata.Role, TestContext.Current.CancellationToken);
        await waiting.Task;
        _time.Advance(InstanceMetadata.Patience);

        Assert.Null(await role);
        Assert.Equal("no answer", metadata.Silence);
        Assert.Null(metadata.Region());
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task One_without_a_role_still_has_a_region()
    {
        await using HttpServer server = HttpServer.Start(static (request, _) => Task.FromResult(
            request.Path is "/latest/api/token" ? HttpResponse.Text(200, "text/plain", "t")
            : request.Path is "/latest/meta-data/placement/region" && request.Header("X-aws-ec2-metadata-token") == "t" ? HttpResponse.Text(200, "text/plain", "eu-west-1")
            : HttpResponse.Text(404, "text/plain", "")));
        InstanceMetadata metadata = At(server);

        Assert.Equal((null, "eu-west-1", null), (metadata.Role(), metadata.Region(), metadata.Silence));
    }

    [Theory]
    [InlineData("true", "AWS_EC2_METADATA_DISABLED is true")]
    [InlineData("True", "AWS_EC2_METADATA_DISABLED is true")]
    [InlineData("false", null)]
    public void It_is_not_asked_where_that_is_forbidden(string disabled, string? silence)
    {
        _environment["AWS_EC2_METADATA_DISABLED"] = disabled;

        Assert.Equal(silence, new InstanceMetadata(_environment.GetValueOrDefault, _time).Silence);
    }

    private InstanceMetadata At(HttpServer server)
    {
        _environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = $"{server.Endpoint}";
        return new InstanceMetadata(_environment.GetValueOrDefault, _time);
    }
}
