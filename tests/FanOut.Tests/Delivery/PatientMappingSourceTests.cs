using System.Net;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Delivery;

public sealed class PatientMappingSourceTests : IMappingSource, IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _ended = new();
    private Func<int, Task<MappingSet>> _answer = static _ => Task.FromResult(new MappingSet([], []));
    private int _reads;

    public void Dispose() => _ended.Dispose();

    [Fact]
    public async Task What_may_pass_is_waited_for()
    {
        var set = new MappingSet([], []);
        _answer = read => read < 4 ? Unavailable(new IOException("The table is away.")) : Task.FromResult(set);

        Assert.Same(set, await ReadAsync());
        Assert.Equal(5, _reads);
    }

    [Fact]
    public async Task When_time_is_up_the_last_reason_is_told()
    {
        _answer = read => Unavailable(new IOException($"Reason {read}."), endsAfter: read == 6);

        var error = await Assert.ThrowsAsync<MappingsUnavailableException>(ReadAsync);

        Assert.Contains("Reason 6.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_under_way_when_time_was_up_does_not_hide_the_reason_before()
    {
        _answer = read =>
        {
            if (read == 0)
            {
                return Unavailable(new IOException("The table is away."));
            }

            _ended.Cancel();
            return Task.FromCanceled<MappingSet>(_ended.Token);
        };

        var error = await Assert.ThrowsAsync<MappingsUnavailableException>(ReadAsync);

        Assert.Contains("The table is away.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccessDeniedException")]
    [InlineData("ResourceNotFoundException")]
    public async Task What_does_not_pass_is_told_at_once(string code)
    {
        _answer = _ => Unavailable(new AmazonDynamoDBException("No.", ErrorType.Sender, code, "r", HttpStatusCode.BadRequest));

        await Assert.ThrowsAsync<MappingsUnavailableException>(ReadAsync);

        Assert.Equal(1, _reads);
    }

    Task<MappingSet> IMappingSource.ReadAsync(string sourceArn, CancellationToken cancellationToken) => _answer(_reads++);

    private Task<MappingSet> Unavailable(Exception cause, bool endsAfter = false)
    {
        if (endsAfter)
        {
            _ended.Cancel();
        }

        return Task.FromException<MappingSet>(new MappingsUnavailableException("fanoutTargets", "arn", cause));
    }

    private async Task<MappingSet> ReadAsync()
    {
        Task<MappingSet> reading = new PatientMappingSource(this, _time, new Random(1)).ReadAsync("arn", _ended.Token);
        while (!reading.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await reading;
    }
}
