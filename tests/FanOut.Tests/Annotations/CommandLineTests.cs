using CsCheck;
using FanOut.Annotations;

namespace FanOut.Tests.Annotations;

/// <summary>Whatever a message says, the service reads one command, and in it what was written.</summary>
public sealed class CommandLineTests
{
    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.String,
        Gen.OneOf([.. new[] { "%", "%25", "%0A", "%AZP25", "%3B", "\r\n", "::", "##vso[task.complete]", "::set-output::", "]", ";", ",", ":", "=", " a", "é😀" }.Select(Gen.Const)]).Array[0, 8].Select(string.Concat));

    private static readonly Gen<Annotation> s_annotation = Gen.Select(s_text, s_text, s_text, Gen.Int.Positive, Gen.Bool).Select(static (message, code, file, line, isError) => new Annotation(
        isError ? AnnotationKind.Error : AnnotationKind.Warning, "Set-FanOutTarget", "c" + code, message, new ScriptLine("/w/f" + file, line, 1)));

    [Fact]
    public void GitHub_reads_what_was_written() => s_annotation.Sample(static a =>
    {
        ReadCommand read = ReadCommand.OfGitHub(new GitHubActions(null).Annotate(a));

        Assert.Equal(a.Kind == AnnotationKind.Error ? "error" : "warning", read.Name);
        Assert.Equal(a.Message, read.Message);
        Assert.Equal($"Set-FanOutTarget: {a.Code}", read.Properties["title"]);
        Assert.Equal(a.Position!.File, read.Properties["file"]);
        Assert.Equal($"{a.Position.Line}", read.Properties["line"]);
    });

    [Fact]
    public void Azure_reads_what_was_written() => s_annotation.Sample(static a =>
    {
        ReadCommand read = ReadCommand.OfAzure(new AzurePipelines(null).Annotate(a));

        Assert.Equal("task.logissue", read.Name);
        Assert.Equal($"Set-FanOutTarget: {a.Message}", read.Message);
        Assert.Equal(a.Kind == AnnotationKind.Error ? "error" : "warning", read.Properties["type"]);
        Assert.Equal(a.Code, read.Properties["code"]);
        Assert.Equal(a.Position!.File, read.Properties["sourcepath"]);
        Assert.Equal($"{a.Position.Line}", read.Properties["linenumber"]);
    });
}
