using System.Management.Automation;
using System.Text.Json;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>How the cmdlets that change targets are told which: by patterns and arrays, by position and from the pipeline.</summary>
public sealed class TargetIdsTests : IAsyncDisposable
{
    private const string Source = $"-SourceArn {CloudSession.Orders}";

    private readonly CloudSession _session = new();

    public TargetIdsTests()
    {
        foreach (string id in new[] { "a1", "a2", "b1", "B1", "c[1]" })
        {
            _session.Run($"Register-FanOutTarget sqs '{id}' arn:aws:sqs:us-east-1:123456789012:q {Source}").ThrowIfFailed();
        }
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("Enable-FanOutTarget a* " + Source, "a1 a2")]
    [InlineData("Enable-FanOutTarget a1, b1 " + Source, "a1 b1")]
    [InlineData("Enable-FanOutTarget a*, a1, b? " + Source, "a1 a2 b1")]
    [InlineData("Enable-FanOutTarget -Id [ab]1 -Source orders -SourceType Kinesis", "a1 b1")]
    [InlineData("'a1', 'B*' | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Enable-FanOutTarget " + Source, "B1 a1")]
    [InlineData("[pscustomobject]@{ Id = 'a1', 'b1' } | Enable-FanOutTarget " + Source, "a1 b1")]
    [InlineData("Enable-FanOutTarget c[1] " + Source, "c[1]")]
    [InlineData("Enable-FanOutTarget 'c`[1`]' " + Source, "c[1]")]
    [InlineData("Get-FanOutTarget 'c`[1`]' | Enable-FanOutTarget", "c[1]")]
    [InlineData("Set-FanOutTarget b*, c* -Enabled " + Source, "b1 c[1]")]
    [InlineData("Enable-FanOutTarget * " + Source, "B1 a1 a2 b1 c[1]")]
    [InlineData("Enable-FanOutTarget z* " + Source, "")]
    public void All_that_are_meant_are_changed(string script, string ids)
    {
        _session.Run(script).ThrowIfFailed();

        Assert.Equal(ids, string.Join(' ', _session.Rows.Where(static r => r.GetProperty("active").GetProperty("BOOL").GetBoolean()).Select(Id).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void An_id_with_a_pattern_s_characters_is_that_target_alone()
    {
        _session.Run($"Register-FanOutTarget sqs a* arn:aws:sqs:us-east-1:123456789012:star {Source}").ThrowIfFailed();

        _session.Run("Get-FanOutTarget 'a`*' | Unregister-FanOutTarget -Confirm:$false").ThrowIfFailed();

        Assert.Equal(["B1", "a1", "a2", "b1", "c[1]"], _session.Rows.Select(Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_that_is_not_there_is_told_and_the_others_are_changed()
    {
        PowerShellResult result = _session.Run($"Disable-FanOutTarget a1, x1, a2 {Source}; Unregister-FanOutTarget a1, x1, a2 {Source} -Confirm:$false");

        Assert.Equal(["x1", "x1"], result.Errors.Select(static e => e.TargetObject));
        Assert.Equal(["B1", "b1", "c[1]"], _session.Rows.Select(Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_that_fails_of_many_is_named_and_the_others_are_changed()
    {
        _session.Put($$$"""{"sourceArn":{"S":"{{{CloudSession.Orders}}}"},"id":{"S":"a1"},"type":{"S":"kafka"},"destination":{"S":"t"},"active":{"BOOL":false}}""");

        ErrorRecord error = _session.Run($"Enable-FanOutTarget a* {Source}").Error();

        Assert.Equal("a1", error.TargetObject);
        Assert.True(_session.Rows.First(static r => Id(r) == "a2").GetProperty("active").GetProperty("BOOL").GetBoolean());
    }

    [Theory]
    [InlineData("Get-FanOutTarget A1, a22", "a1 a2")]
    [InlineData("Get-FanOutTarget A1, a22 " + Source, "a1 a2")]
    [InlineData("Set-FanOutTarget A1, a22 -Collapse none " + Source, "a1 a2")]
    public void The_error_of_a_misspelt_id_names_the_nearest(string script, string nearest) => Assert.Equal(
        nearest.Split(' ').Select(static n => $"Is '{n}' meant?"),
        _session.Run(script).Errors.Select(static e => e.Exception.Message.Split("). ")[^1]).Order(StringComparer.Ordinal));

    private static string Id(JsonElement row) => row.GetProperty("id").GetProperty("S").GetString()!;
}
