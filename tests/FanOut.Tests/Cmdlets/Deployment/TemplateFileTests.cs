using System.Text;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>The file of a template, as other Export- cmdlets treat theirs.</summary>
public sealed class TemplateFileTests : TemplateTests
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Join(_folder.Path, "fresh.json");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void It_holds_the_text_and_nothing_is_output()
    {
        string text = (string)Run("Export-FanOutTemplate -Tag @{ owner = 'Zoë' }").ThrowIfFailed().Output.Single().BaseObject;

        Assert.Empty(Run($"Set-Location '{_folder.Path}'; Export-FanOutTemplate fresh.json -FunctionName fresh -Tag @{{ owner = 'Zoë' }}").ThrowIfFailed().Output);

        byte[] written = System.IO.File.ReadAllBytes(File);
        Assert.True(Ascii.IsValid(written));
        Assert.DoesNotContain((byte)'\r', written);
        Assert.Equal(text + "\n", Encoding.ASCII.GetString(written));
        Assert.Contains("Zo\\u00eb", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_there_is_replaced_unless_it_is_to_be_kept()
    {
        System.IO.File.WriteAllText(File, "theirs");

        Assert.StartsWith("FileExists,", Run($"Export-FanOutTemplate -Path '{File}' -NoClobber").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("theirs", System.IO.File.ReadAllText(File));
        Run($"Export-FanOutTemplate -Path '{File}'").ThrowIfFailed();
        Assert.StartsWith("{", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fresh.yaml", "", false)]
    [InlineData("fresh.YML", "", false)]
    [InlineData("fresh.template", "", true)]
    [InlineData("fresh.template", "-Format Yaml", false)]
    [InlineData("fresh.yaml", "-Format Json", true)]
    public void Its_form_is_that_of_its_name_unless_another_is_asked_for(string name, string parameters, bool isJson)
    {
        string file = Path.Join(_folder.Path, name);

        Run($"Export-FanOutTemplate -Path '{file}' {parameters}").ThrowIfFailed();

        Assert.StartsWith(isJson ? "{\n" : "AWSTemplateFormatVersion: \"2010-09-09\"\n", System.IO.File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void With_WhatIf_nothing_is_written()
    {
        Run($"Export-FanOutTemplate -Path '{File}' -WhatIf").ThrowIfFailed();

        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error()
    {
        Assert.StartsWith("FileNotWritten,", Run($"Export-FanOutTemplate -Path '{Path.Join(_folder.Path, "no", "fresh.json")}'").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Force_writes_over_a_file_that_is_read_only()
    {
        System.IO.File.WriteAllText(File, "theirs");
        var info = new FileInfo(File) { IsReadOnly = true };

        Run($"Export-FanOutTemplate -Path '{File}' -Force").ThrowIfFailed();

        Assert.StartsWith("{", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        info.Refresh();
        Assert.True(info.IsReadOnly);
        info.IsReadOnly = false;
    }

    [Fact]
    public void One_file_cannot_hold_the_templates_of_two_functions()
    {
        PowerShellResult result = Run($"'one', 'two' | ForEach-Object {{ [pscustomobject]@{{ FunctionName = $_ }} }} | Export-FanOutTemplate -Path '{File}'");

        Assert.StartsWith("InvalidParameter,", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void A_template_that_is_too_large_for_a_call_is_warned_of()
    {
        PowerShellResult result = Run(
            $"1..600 | ForEach-Object {{ [pscustomobject]@{{ Id = \"t$_\"; Type = 'sqs'; Destination = \"arn:aws:sqs:us-east-1:123456789012:a-queue-with-a-rather-long-name-$_\"; SourceArn = '{CloudSession.Orders}' }} }} | Export-FanOutTemplate -Path '{File}'")
            .ThrowIfFailed();

        Assert.Contains("through S3", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.True(new FileInfo(File).Length > 51_200);
    }
}
