using System.Management.Automation;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>A property of a piped row that no parameter takes is named where one must have been meant, and passed over where it is a column of somebody's own.</summary>
public sealed class StrayPropertiesTests : IAsyncDisposable
{
    private const string Queue = "Id = 't'; Type = 'sqs'; Destination = 'arn:aws:sqs:us-east-1:123456789012:q'; SourceArn = '" + CloudSession.Orders + "'";

    private readonly CloudSession _session = new();

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("Transfrom = '{}'", "'Transfrom'", "is Transform meant?")]
    [InlineData("Role = 'arn:aws:iam::210987654321:role/writer'", "'Role'", "is DestinationRoleArn meant?")]
    [InlineData("role = 'arn:aws:iam::210987654321:role/writer'", "'role'", "is DestinationRoleArn meant?")]
    [InlineData("DestinationRole = 'arn:aws:iam::210987654321:role/writer'", "'DestinationRole'", "is DestinationRoleArn meant?")]
    [InlineData("DestinationRoleARM = 'x'", "'DestinationRoleARM'", "is DestinationRoleArn meant?")]
    [InlineData("Collaps = 'none'", "'Collaps'", "is Collapse meant?")]
    [InlineData("Dead_Letter = 'arn:aws:sqs:us-east-1:123456789012:letters'", "'Dead_Letter'", "is DeadLetter meant?")]
    public void A_slip_is_named_with_the_parameter_that_is_meant(string property, string name, string meant)
    {
        string warning = Assert.Single(Registered($"{Queue}; {property}"));

        Assert.Contains(name, warning, StringComparison.Ordinal);
        Assert.Contains(meant, warning, StringComparison.Ordinal);
        Assert.Contains(meant, Assert.Single(_session.Run($"[pscustomobject]@{{ {Queue}; {property} }} | Set-FanOutTarget -Parallel:$false").ThrowIfFailed().Warnings), StringComparison.Ordinal);
        Assert.Contains(meant, Assert.Single(_session.Run($"[pscustomobject]@{{ {Queue}; {property} }} | Sync-FanOutTarget -WhatIf").ThrowIfFailed().Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Team = 'orders'; Comment = 'why'; Stage = 'test'; Owner = 'me'; KeyId = 'k'; Keys = ''; Status = 'ok'; Name = 'n'; Kind = 'k'")]
    [InlineData("Role = ''")]
    [InlineData("Role = 'reader'; DestinationRoleArn = 'arn:aws:iam::210987654321:role/writer'")]
    [InlineData("Active = $false; Problem = $null; State = 'Enabled'; TopicArn = ''")]
    public void A_column_of_one_s_own_an_empty_one_and_one_beside_what_is_meant_are_passed_over(string properties) => Assert.Empty(Registered($"{Queue}; {properties}"));

    [Fact]
    public void What_is_typed_needs_no_property() =>
        Assert.Empty(Registered($"{Queue}; Role = 'reader'", "-DestinationRoleArn arn:aws:iam::210987654321:role/writer"));

    [Fact]
    public void Many_rows_with_the_same_slip_are_one_warning() =>
        Assert.Single(Warnings($$"""1..3 | ForEach-Object { [pscustomobject]@{ Id = "t$_"; Destination = 'arn:aws:sqs:us-east-1:123456789012:q'; Transfrom = '{}' } } | Register-FanOutTarget sqs -SourceArn {{CloudSession.Orders}}"""));

    [Fact]
    public void Lists_of_files_are_rows_as_well()
    {
        Assert.Single(Warnings($$"""'{"Id":"t1","Destination":"arn:aws:sqs:us-east-1:123456789012:q","Filtr":"{}"}' | ConvertFrom-Json | Register-FanOutTarget sqs -SourceArn {{CloudSession.Orders}}"""));
        Assert.Single(Warnings($"\"Id,Destination,Filtr`nt2,arn:aws:sqs:us-east-1:123456789012:q,x\" | ConvertFrom-Csv | Register-FanOutTarget sqs -SourceArn {CloudSession.Orders}"));
    }

    [Fact]
    public void What_has_a_type_of_its_own_may_have_any_property()
    {
        const string Typed = "Add-Type 'public class Described { public string FunctionArn { get; set; } public string Role { get; set; } public string Transfrom { get; set; } }'; ";

        Assert.Empty(Warnings($"{Typed}New-Object Described -Property @{{ Role = 'r'; Transfrom = 't' }} | Register-FanOutTarget sqs t arn:aws:sqs:us-east-1:123456789012:q -SourceArn {CloudSession.Orders}"));
        Assert.Empty(Warnings("Get-FanOutTarget | Register-FanOutTarget -Force"));
        Assert.Empty(Warnings("Get-FanOutTarget | Select-Object * | Register-FanOutTarget -Force"));
        Assert.Empty(Warnings("Get-FanOutTarget | ConvertTo-Json | ConvertFrom-Json | Register-FanOutTarget -Force"));
    }

    [Fact]
    public void A_source_s_row_is_looked_at_too() => Assert.Contains(
        "is BatchSize meant?",
        string.Join('\n', _session.Run($"[pscustomobject]@{{ SourceArn = '{CloudSession.Orders}'; BatchSze = 10 }} | Connect-FanOutSource -WhatIf").Warnings),
        StringComparison.Ordinal);

    [Fact]
    public void Of_a_target_that_is_tested_whole_it_is_a_check_and_else_a_warning()
    {
        PowerShellResult whole = _session.Run($"[pscustomobject]@{{ {Queue}; Enabled = $true; Transfrom = '{{}}' }} | Test-FanOutTarget").ThrowIfFailed();
        PSObject check = Assert.Single(whole.Output, static c => Equals(c.Properties["Check"].Value, "Properties"));

        Assert.Equal("Warn", check.Properties["Status"].Value);
        Assert.Contains("Transform instead of Transfrom", (string)check.Properties["Remedy"].Value, StringComparison.Ordinal);
        Assert.Empty(whole.Warnings);

        Assert.Contains("is Transform meant?", Assert.Single(Warnings($"[pscustomobject]@{{ {Queue}; Transfrom = '{{}}' }} | Test-FanOutTarget -PassThru")), StringComparison.Ordinal);
        Assert.Contains(
            "is Destination meant?",
            Assert.Single(_session.Run($"[pscustomobject]@{{ Id = 't'; Type = 'sqs'; Destinaton = 'q'; SourceArn = '{CloudSession.Orders}' }} | Test-FanOutTarget").Warnings),
            StringComparison.Ordinal);
    }

    private string[] Registered(string properties, string more = "") => Warnings($"[pscustomobject]@{{ {properties} }} | Register-FanOutTarget {more}");

    // That the source is not connected is another matter.
    private string[] Warnings(string script) => [.. _session.Run(script).ThrowIfFailed().Warnings.Where(static w => !w.Contains("not connected", StringComparison.Ordinal))];
}
