using Amazon.Runtime;
using FanOut.Aws.Lambda;
using FanOut.Deployment;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;
using FanOut.Registry;
using FanOut.Sources;
using FanOut.Tests.Sources;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Deployment;

/// <summary>What is done while AWS is not ready, by a clock that moves only while the module waits.</summary>
public sealed class RetryTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly TemporaryFolder _folder = new();
    private readonly WaitedTime _time;
    private LambdaService? _lambda;
    private Cloud? _cloud;

    public RetryTests() => _time = new WaitedTime(_clock);

    [Fact]
    public async Task A_function_is_made_as_soon_as_its_new_role_can_be_assumed()
    {
        await PublishAsync(callsUntilAssumable: 4);

        Assert.NotNull(_lambda!.Find("fresh"));
        Assert.Equal(5, _cloud!.Calls.Count(static c => c.Operation == "CreateFunction"));
        Assert.Equal(Enumerable.Repeat(Poll.Pace, 4), _time.Waits);
    }

    [Fact]
    public async Task A_role_that_can_never_be_assumed_is_given_up()
    {
        FanOutException error = await Assert.ThrowsAsync<FanOutException>(() => PublishAsync(callsUntilAssumable: 1000));

        Assert.Equal("RoleUnusable", error.ErrorId);
        Assert.Contains("cannot be assumed", error.Message, StringComparison.Ordinal);
        Assert.Equal(60, _time.Waits.Count);
    }

    [Theory]
    [InlineData("InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda.", true)]
    [InlineData("InvalidParameterValueException", "The provided execution role does not have permissions to call CreateNetworkInterface on EC2", true)]
    [InlineData("InvalidParameterValueException", "Unzipped size must be smaller than 262144000 bytes", false)]
    [InlineData("AccessDeniedException", "cannot be assumed", false)]
    public async Task Only_what_time_mends_is_tried_again(string code, string message, bool isTriedAgain)
    {
        int tries = 0;
        await Assert.ThrowsAsync<AmazonLambdaException>(() => Retry.WhileRoleIsNewAsync<int>(
            _ =>
            {
                tries++;
                throw new AmazonLambdaException(message, null, ErrorType.Sender, code, "1", System.Net.HttpStatusCode.BadRequest);
            },
            TimeSpan.FromSeconds(2), _time, TestContext.Current.CancellationToken));

        Assert.Equal(isTriedAgain ? 3 : 1, tries);
    }

    public async ValueTask DisposeAsync()
    {
        await (_lambda?.DisposeAsync() ?? default);
        await (_cloud?.DisposeAsync() ?? default);
        _folder.Dispose();
    }

    private async Task PublishAsync(int callsUntilAssumable)
    {
        _cloud = Cloud.Start(new CloudOptions { CallsUntilRoleIsAssumable = callsUntilAssumable });
        _lambda = new LambdaService(LambdaServiceOptions.Of(_cloud));
        _cloud.Add(_lambda);
        using var session = SourceTests.Open(_cloud.Endpoint);
        Assert.True(FunctionDestination.TryParse("fresh", out FunctionDestination? function, out _));
        var settings = new PublishSettings { Function = function, PackagePath = Package.Write(Path.Join(_folder.Path, "function.zip")) };
        var plan = await new PlanPublication(session, settings, t => new MappingTable(session, t, "fresh"), _time, static _ => { })
            .PlanAsync(TestContext.Current.CancellationToken);
        foreach (Change change in plan.Changes)
        {
            await change.RunAsync(TestContext.Current.CancellationToken);
        }
    }
}
