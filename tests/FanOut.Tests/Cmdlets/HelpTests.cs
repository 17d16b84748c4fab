using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using FanOut.Help.Cmdlets;
using FanOut.Help.Output;
using Cmdlet = FanOut.Help.Cmdlets.Cmdlet;

namespace FanOut.Tests.Cmdlets;

/// <summary>What Get-Help says of each cmdlet that the manifest lists, and whether it is true.</summary>
public sealed partial class HelpTests(HelpTests.HelpSession fixture) : IClassFixture<HelpTests.HelpSession>
{
    private static readonly string About = Path.Join(Checkout.Root, "en-US", "about_FanOut.help.txt");

    private static readonly IReadOnlyList<Cmdlet> Documented = ReadCmdlets.Of(typeof(FanOut.Abstractions.FanOutCommand).Assembly.Location);

    /// <summary>The cmdlets of the manifest.</summary>
    public static TheoryData<string> Exported { get; } = new(
        ExportedName().Matches(ExportList().Match(File.ReadAllText(PowerShellSession.Manifest)).Value).Select(static m => m.Value));

    /// <summary>The examples: where they stand, and their code.</summary>
    public static TheoryData<string, string> Examples { get; } = new(
        Documented.SelectMany(static c => c.Examples.Select((e, i) => (c.Name + " " + (i + 1), e.Code))).Concat(OfAbout()));

    [Fact]
    public void The_manifest_lists_exactly_the_cmdlets_that_have_help() =>
        Assert.Equal(Documented.Select(static c => c.Name), Exported.Select(static e => e.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Exported))]
    public void A_cmdlet_has_synopsis_description_two_examples_notes_and_links(string cmdlet)
    {
        PSObject help = Help(cmdlet);

        // Without a help file Get-Help makes the synopsis of the syntax.
        string synopsis = Text(help, "Synopsis");
        Assert.DoesNotContain(cmdlet, synopsis, StringComparison.Ordinal);
        Assert.EndsWith(".", synopsis, StringComparison.Ordinal);
        Assert.NotEmpty(Many(help, "description"));
        Assert.True(Many(help, "examples", "example").Length >= 2, "There are fewer than two examples.");
        Assert.All(Many(help, "examples", "example"), static e => Assert.NotEmpty(Text(e, "code")));
        Assert.All(Many(help, "examples", "example"), static e => Assert.NotEmpty(Many(e, "remarks")));
        Assert.NotEmpty(Many(help, "inputTypes", "inputType"));
        Assert.NotEmpty(Many(help, "returnValues", "returnValue"));
        Assert.NotEmpty(Many(help, "alertSet", "alert"));
        Assert.NotEmpty(Many(help, "relatedLinks", "navigationLink"));
    }

    [Theory]
    [MemberData(nameof(Exported))]
    public void Every_parameter_is_documented_and_none_that_is_not_there(string cmdlet)
    {
        CommandInfo command = Command(cmdlet)!;
        PSObject[] documented = Many(Help(cmdlet), "parameters", "parameter");

        Assert.Equal(
            command.Parameters.Keys.Except(PSCmdlet.CommonParameters).Order(StringComparer.Ordinal),
            documented.Select(static p => Text(p, "name")).Order(StringComparer.Ordinal));
        Assert.All(documented, static p => Assert.NotEmpty(Many(p, "description")));
        Assert.All(documented, p =>
        {
            ParameterMetadata parameter = command.Parameters[Text(p, "name")];
            Assert.Equal(parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases), Text(p, "aliases"));
            Assert.Equal($"{parameter.ParameterSets.Values.All(static s => s.IsMandatory)}", Text(p, "required"), ignoreCase: true);
        });
    }

    [Theory]
    [MemberData(nameof(Exported))]
    public void The_syntax_has_each_parameter_set_with_its_parameters(string cmdlet)
    {
        CommandInfo command = Command(cmdlet)!;

        Assert.Equal(
            command.ParameterSets.OrderByDescending(static s => s.IsDefault).Select(static s => string.Join(' ', s.Parameters
                .Where(static p => !PSCmdlet.CommonParameters.Contains(p.Name)).Select(static p => $"{p.Name}:{p.IsMandatory}").Order(StringComparer.Ordinal))),
            Many(Help(cmdlet), "syntax", "syntaxItem").Select(static s => string.Join(' ', Many(s, "parameter")
                .Select(static p => $"{Text(p, "name")}:{bool.Parse(Text(p, "required"))}").Order(StringComparer.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(Exported))]
    public void The_full_help_reads_as_a_page(string cmdlet)
    {
        string page = fixture.Session.Run($"Get-Help {cmdlet} -Full | Out-String -Width 120").ThrowIfFailed().Output[0].ToString();

        Assert.All(
            new[] { "SYNOPSIS", "SYNTAX", "DESCRIPTION", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS", "Example 1", "Example 2", "-EndpointUrl <Uri>", "about_FanOut" },
            part => Assert.Contains(part, page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_names_only_commands_and_parameters_that_are_there(string where, string code)
    {
        ScriptBlockAst script = Parser.ParseInput(code, out _, out ParseError[] errors);

        Assert.Empty(errors.Select(e => $"{where}: {e.Message}"));
        foreach (CommandAst call in script.FindAll(static a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            CommandInfo? command = Command(call.GetCommandName());
            Assert.True(command is not null, $"{where}: there is no command {call.GetCommandName()}.");
            command = command is AliasInfo alias ? alias.ResolvedCommand : command;
            Assert.All(
                call.CommandElements.OfType<CommandParameterAst>().Select(static p => p.ParameterName),
                p => Assert.True(
                    command.Parameters.Values.Any(k => k.Aliases.Prepend(k.Name).Contains(p, StringComparer.OrdinalIgnoreCase)),
                    $"{where}: {command.Name} has no parameter -{p}."));
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_works(string where, string code)
    {
        await using ExampleCloud cloud = new(code);

        PowerShellResult result = cloud.Run(code);

        Assert.True(result.AllErrors.Count == 0, $"{where} fails: {string.Join("; ", result.AllErrors)}\n{code}");
    }

    [Fact]
    public void The_pages_in_docs_are_up_to_date()
    {
        string folder = Path.Join(Checkout.Root, "docs", "cmdlets");

        Assert.Equal(Documented.Select(static c => c.Name + ".md"), Directory.GetFiles(folder).Select(static f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        Assert.All(Documented, c => Assert.True(
            File.ReadAllText(Path.Join(folder, c.Name + ".md")).ReplaceLineEndings("\n") == Markdown.Page(c),
            $"docs/cmdlets/{c.Name}.md is out of date; this refreshes all pages: dotnet build src/FanOut.Help -t:CmdletDocs"));
    }

    [Fact]
    public void About_FanOut_is_found()
    {
        string text = fixture.Session.Run("Get-Help about_FanOut | Out-String -Width 120").ThrowIfFailed().Output[0].ToString();

        Assert.Equal(File.ReadAllText(About).TrimEnd(), text.ReplaceLineEndings("\n").TrimEnd());
    }

    [Fact]
    public void About_FanOut_lists_every_error_that_the_code_can_write()
    {
        string[] written = [.. Directory.EnumerateFiles(Path.Join(Checkout.Root, "src", "FanOut"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .SelectMany(static code => ErrorId().Matches(code).Select(static m => (Id: m.Groups[1].Value, Category: m.Groups[2].Value))
                .Concat(TimeoutId().Matches(code).Select(static m => (Id: m.Groups[1].Value, Category: "OperationTimeout"))))
            .Distinct().GroupBy(static e => e.Id, static e => e.Category)
            .Select(static g => $"{g.Key} ({string.Join(", ", g.Order(StringComparer.Ordinal))})").Order(StringComparer.Ordinal)];
        string[] listed = [.. ListedId().Matches(File.ReadAllText(About)).Select(static m => m.Groups[1].Value)];

        Assert.NotEmpty(written);
        Assert.Equal(written, listed);
    }

    [Fact]
    public void About_FanOut_and_the_reference_list_every_variable_that_the_function_reads()
    {
        string[] read = [.. FanOut.Engine.Settings.FunctionSettings.Variables.Order(StringComparer.Ordinal)];

        Assert.Equal(read, Variable().Matches(File.ReadAllText(About)).Select(static m => m.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.Equal(read, VariableRow().Matches(File.ReadAllText(Path.Join(Checkout.Root, "docs", "reference.md"))).Select(static m => m.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void About_FanOut_fits_a_screen_of_80_columns() => Assert.All(File.ReadLines(About), static l => Assert.InRange(l.Length, 0, 80));

    private PSObject Help(string cmdlet) => fixture.Session.Run($"Get-Help {cmdlet} -Full").Only();

    private CommandInfo? Command(string name) => fixture.Session.Run($"Get-Command '{name}' -ErrorAction Ignore").Output.Select(static o => (CommandInfo)o.BaseObject).FirstOrDefault();

    private static string Text(PSObject of, string property) => $"{of.Properties[property]?.Value}".Trim();

    private static PSObject[] Many(PSObject of, params string[] path) => path.Aggregate<string, PSObject[]>(
        [of], static (found, name) => [.. found.SelectMany(o => LanguagePrimitives.GetEnumerable(o.Properties[name]?.Value)?.Cast<object>()
            ?? (o.Properties[name]?.Value is { } one ? [one] : [])).Select(PSObject.AsPSObject)]);

    // Code stands eight columns in, below the heading EXAMPLES.
    private static IEnumerable<(string Where, string Code)> OfAbout()
    {
        string section = ExampleSection().Match(File.ReadAllText(About)).Value;
        return Indented().Matches(section).Select(static (m, i) => ($"about_FanOut {i + 1}", m.Value));
    }

    [GeneratedRegex(@"^    (FANOUT_\w+)$", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\| `(FANOUT_\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex VariableRow();

    [GeneratedRegex(@"CmdletsToExport\s*=\s*@\([^)]*\)")]
    private static partial Regex ExportList();

    [GeneratedRegex(@"(?<=')\w+-\w+(?=')")]
    private static partial Regex ExportedName();

    [GeneratedRegex(@"""([A-Z]\w+)"",\s*ErrorCategory\.(\w+)")]
    private static partial Regex ErrorId();

    [GeneratedRegex(@"TimedOut\(\s*""(\w+)""")]
    private static partial Regex TimeoutId();

    [GeneratedRegex(@"^    ([A-Z]\w+ \(\w+(?:, \w+)*\))\r?$", RegexOptions.Multiline)]
    private static partial Regex ListedId();

    [GeneratedRegex(@"(?<=^EXAMPLES\r?\n).*?(?=^[A-Z])", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ExampleSection();

    [GeneratedRegex(@"(?:^ {8}.+\n)+", RegexOptions.Multiline)]
    private static partial Regex Indented();

    /// <summary>One session for all that only asks.</summary>
    public sealed class HelpSession : IDisposable
    {
        /// <summary>The session.</summary>
        public PowerShellSession Session { get; } = new();

        /// <inheritdoc/>
        public void Dispose() => Session.Dispose();
    }
}
