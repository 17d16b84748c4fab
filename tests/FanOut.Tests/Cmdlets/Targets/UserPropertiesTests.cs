using System.Management.Automation;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>What the cmdlets say of the user properties of iot targets.</summary>
public sealed class UserPropertiesTests : IAsyncDisposable
{
    private const string Register = $"Register-FanOutTarget iot t 'https://a-ats.iot.us-east-1.amazonaws.com#orders' -SourceArn {CloudSession.Orders} -Collapse none -Enabled";

    private readonly CloudSession _session = new();

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public void The_plan_shows_them_and_counts_them()
    {
        PowerShellResult result = _session.Run(
            $"{Register} -MessageAttribute @{{ 'order:id' = '<data.id>' }}; Test-FanOutTarget t -Record @{{ id = 17 }} -PassThru; (Test-FanOutTarget t -Record @{{ id = 17 }} | Where-Object Check -eq Plan).Calls.Bytes").ThrowIfFailed();

        Assert.DoesNotContain(result.Warnings, static w => $"{w}".Contains("MessageAttribute", StringComparison.Ordinal));
        var texts = (IReadOnlyDictionary<string, string>)((PSObject)result.Output[^2]).Properties["Texts"].Value;
        Assert.Equal([("messageAttributes.order:id", "17")], texts.Select(static t => (t.Key, t.Value)));
        Assert.Equal($"{"{\"id\":17}".Length + "order:id17".Length}", $"{result.Output[^1]}");
    }

    [Fact]
    public void Types_that_are_for_messages_of_queues_alone_are_refused_and_nothing_is_written()
    {
        PowerShellResult result = _session.Run($"{Register} -MessageAttribute @{{ total = @{{ Number = '<data.total>' }} }}");

        Assert.Contains("'total' has the type 'Number', which is not String: the user properties of iot are texts", Assert.Single(result.Errors).Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Rows);
    }

    [Fact]
    public void A_name_that_only_iot_takes_is_refused_by_a_queue() => Assert.Contains(
        "'order:id' is no name of an attribute",
        Assert.Single(_session.Run($"Register-FanOutTarget sqs t arn:aws:sqs:us-east-1:123456789012:q -SourceArn {CloudSession.Orders} -MessageAttribute @{{ 'order:id' = '1' }}").Errors).Exception.Message,
        StringComparison.Ordinal);
}
