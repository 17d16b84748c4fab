using System.Management.Automation;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>What is like that already is not written again, and what is not there is told: under -WhatIf too.</summary>
public sealed class RunTwiceTests : IAsyncDisposable
{
    private const string Source = $"-SourceArn {CloudSession.Orders}";
    private const string Register = $"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:t1 {Source} -Collapse none -DeadLetter s3://letters/orders -ConvertDDB:$false";

    private readonly CloudSession _session = new();

    public RunTwiceTests()
    {
        _session.Run($"{Register} -Enabled").ThrowIfFailed();
        _session.Forget();
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData(Register + " -Enabled", true)]
    [InlineData(Register, true)]
    [InlineData(Register + " -Force", true)]
    [InlineData("Get-FanOutTarget | Register-FanOutTarget", true)]
    [InlineData("Get-FanOutTarget | ConvertTo-Csv | ConvertFrom-Csv | Register-FanOutTarget", true)]
    [InlineData("[pscustomobject]@{ Type = 'sqs'; Id = 't1'; Destination = 'arn:aws:sqs:us-east-1:123456789012:t1'; Enabled = ''; Collapse = 'none'; DeadLetter = 's3://letters/orders' } | Register-FanOutTarget -Force " + Source, true)]
    [InlineData("Get-FanOutTarget | ConvertTo-Json | ConvertFrom-Json | Register-FanOutTarget", true)]
    [InlineData("Enable-FanOutTarget t1 " + Source, false)]
    [InlineData("Enable-FanOutTarget t1 -PassThru " + Source, true)]
    [InlineData("Set-FanOutTarget t1 -Collapse NONE -Enabled -PassThru " + Source, true)]
    [InlineData("Set-FanOutTarget t1 -Filter $null -View newImage -PassThru " + Source, true)]
    public void What_is_like_that_already_is_not_written_again(string script, bool comesOut)
    {
        foreach (string more in new[] { "", " -WhatIf" })
        {
            PowerShellResult again = _session.Run($"{script} -Verbose{more}").ThrowIfFailed();

            Assert.Equal(comesOut ? ["t1"] : [], again.Output.Select(static o => o.Properties["Id"].Value));
            Assert.All(again.Output, static o => Assert.Equal(true, o.Properties["Enabled"].Value));
            Assert.Contains($"The target 't1' of {CloudSession.Orders} is unchanged: it is like that already.", again.Verbose);
            Assert.DoesNotContain(again.Verbose, static v => v.StartsWith("Performing", StringComparison.Ordinal));
            Assert.Empty(_session.Changes);
        }
    }

    [Fact]
    public void What_is_inactive_already_is_not_written_again()
    {
        _session.Run($"Disable-FanOutTarget t1 {Source}").ThrowIfFailed();
        _session.Forget();

        Assert.Contains(_session.Run($"Disable-FanOutTarget t1 {Source} -Verbose").ThrowIfFailed().Verbose, static v => v.Contains("is unchanged", StringComparison.Ordinal));
        Assert.Empty(_session.Changes);

        // Whoever switched it meant it: a deploy script's second run does not undo that.
        Assert.Equal(false, _session.Run(Register).Property("Enabled"));
        Assert.Equal(true, _session.Run($"{Register} -Enabled -Force").Property("Enabled"));
    }

    [Theory]
    [InlineData("-Collapse concat", "Collapse is none instead of concat", "(Collapse from none to concat)")]
    [InlineData("-Parallel:$false -Collapse JSON", "Collapse is none instead of JSON, Parallel is True instead of False", "(Collapse from none to JSON, Parallel from True to False)")]
    [InlineData("-Enabled:$false", "Enabled is True instead of False", "(Enabled from True to False)")]
    [InlineData("-Filter @{ data = @('x') }", "Filter is not set instead of {\"data\":[\"x\"]}", "(Filter from not set to {\"data\":[\"x\"]})")]
    [InlineData("-DestinationRoleArn arn:aws:iam::210987654321:role/x -ExternalId ext-1", "DestinationRoleArn is not set instead of arn:aws:iam::210987654321:role/x, ExternalId is another", "(DestinationRoleArn from not set to arn:aws:iam::210987654321:role/x, ExternalId is another)")]
    public void What_is_another_is_an_error_that_names_the_difference(string other, string difference, string change)
    {
        string script = $"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:t1 {Source} -DeadLetter s3://letters/orders {(other.Contains("-Collapse", StringComparison.Ordinal) ? "" : "-Collapse none")} {other}";
        foreach (string more in new[] { "", " -WhatIf" })
        {
            ErrorRecord error = _session.Run(script + more).Error();

            Assert.Equal(("TargetExists,FanOut.Commands.RegisterFanOutTargetCommand", ErrorCategory.ResourceExists), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
            Assert.EndsWith($"and is another: {difference}.", error.Exception.Message, StringComparison.Ordinal);
            Assert.Empty(_session.Changes);
        }

        // What -WhatIf asks goes to -Verbose where it is done.
        Assert.Contains(_session.Run(script + " -Force -Verbose").ThrowIfFailed().Verbose, v => v.Contains(change, StringComparison.Ordinal));
        Assert.Equal("dynamodb:PutItem", Assert.Single(_session.Changes));
    }

    [Fact]
    public void Another_password_is_told_without_showing_either()
    {
        string Redis(string password) => $"Register-FanOutTarget redis r1 'rediss://user:{password}@cache.example:6379' {Source}";
        _session.Run(Redis("p4ssw0rd")).ThrowIfFailed();
        _session.Run(Redis("p4ssw0rd")).ThrowIfFailed();

        PowerShellResult shown = _session.Run("Get-FanOutTarget r1 | ConvertTo-Json | ConvertFrom-Json | Register-FanOutTarget -Verbose").ThrowIfFailed();
        Assert.Contains(shown.Verbose, static v => v.Contains("'r1'", StringComparison.Ordinal) && v.Contains("is unchanged", StringComparison.Ordinal));
        Assert.DoesNotContain("p4ssw", shown.AllText, StringComparison.Ordinal);
        PowerShellResult other = _session.Run(Redis("p4ssw1rd"));

        Assert.EndsWith("and is another: the password in Destination is another.", other.Error().Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("p4ssw", other.AllText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_is_no_mapping_is_replaced_by_force_alone()
    {
        _session.Put($$$"""{"sourceArn":{"S":"{{{CloudSession.Orders}}}"},"id":{"S":"t1"},"type":{"S":"kafka"},"destination":{"S":"t"},"active":{"BOOL":true}}""");

        Assert.Contains("and is another: it is not a valid mapping: type 'kafka'", _session.Run(Register).Error().Exception.Message, StringComparison.Ordinal);
        Assert.Equal(("sqs", true), (_session.Run(Register + " -Force").Property("Type"), _session.Run("Get-FanOutTarget").Property("Enabled")));
    }

    [Theory]
    [InlineData("Enable-FanOutTarget t2 ")]
    [InlineData("Disable-FanOutTarget t2 ")]
    [InlineData("Set-FanOutTarget t2 -Collapse none ")]
    [InlineData("Unregister-FanOutTarget t2 -Confirm:$false ")]
    public void What_is_not_there_is_told_under_what_if_too_and_the_error_action_decides(string cmdlet)
    {
        foreach (string more in new[] { "", "-WhatIf " })
        {
            ErrorRecord error = _session.Run(cmdlet + more + Source).Error();
            Assert.StartsWith("TargetNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.EndsWith(" Is 't1' meant?", error.Exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal("goes on", $"{_session.Run($"{cmdlet}{Source} -ErrorAction Ignore; 'goes on'").Only()}");
        Assert.StartsWith("TargetNotFound,", _session.Run($"{cmdlet}{Source} -ErrorAction Stop; 'goes on'").Terminated!.ErrorRecord.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(_session.Changes);
    }
}
