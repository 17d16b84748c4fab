using System.Globalization;

namespace FanOut.Annotations;

/// <summary>GitHub Actions, and what runs its workflows too: <c>::error file=deploy.ps1,line=3,title=…::message</c>.</summary>
/// <remarks>
/// The commands: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands. What is escaped, which is not documented, is as
/// GitHub's own library writes it (packages/core/src/command.ts of github.com/actions/toolkit) and its runner reads it
/// (src/Runner.Common/ActionCommand.cs of github.com/actions/runner). The runner makes paths relative to the workspace.
/// </remarks>
/// <param name="workspace">GITHUB_WORKSPACE.</param>
internal sealed class GitHubActions(string? workspace) : CiService(workspace)
{
    /// <inheritdoc/>
    protected override string Command(Annotation annotation)
    {
        string title = annotation.Code is { } code ? $"{annotation.Command}: {code}" : annotation.Command;
        string place = annotation.Position is { } position
            ? string.Create(CultureInfo.InvariantCulture, $"file={EscapedProperty(position.File)},line={position.Line},col={position.Column},")
            : "";
        string name = annotation.Kind == AnnotationKind.Error ? "error" : "warning";
        return $"::{name} {place}title={EscapedProperty(title)}::{Escaped(annotation.Message)}";
    }

    /// <inheritdoc/>
    protected override string MaskLine(string secret) => $"::add-mask::{Escaped(secret)}";

    // The percent sign first: it is part of what the others become.
    private static string Escaped(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapedProperty(string text) => Escaped(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
