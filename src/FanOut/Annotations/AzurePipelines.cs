using System.Globalization;

namespace FanOut.Annotations;

/// <summary>Azure Pipelines: <c>##vso[task.logissue type=error;sourcepath=/…/deploy.ps1;linenumber=3;code=…;]message</c>.</summary>
/// <remarks>
/// The commands: https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands. What is escaped is as the agent reads it
/// (src/Agent.Sdk/CommandStringConvertor.cs and docs/design/percentEncoding.md of github.com/microsoft/azure-pipelines-agent): the same in properties and in
/// the message, and a percent sign as %AZP25. The agent makes paths relative to the repository, and puts them, the line and the code before the message.
/// </remarks>
/// <param name="workspace">BUILD_SOURCESDIRECTORY.</param>
internal sealed class AzurePipelines(string? workspace) : CiService(workspace)
{
    /// <inheritdoc/>
    protected override string Command(Annotation annotation)
    {
        string place = annotation.Position is { } position
            ? string.Create(CultureInfo.InvariantCulture, $"sourcepath={Escaped(position.File)};linenumber={position.Line};columnnumber={position.Column};")
            : "";
        string type = annotation.Kind == AnnotationKind.Error ? "error" : "warning";
        string code = annotation.Code ?? annotation.Command;
        return $"##vso[task.logissue type={type};{place}code={Escaped(code)};]{Escaped($"{annotation.Command}: {annotation.Message}")}";
    }

    /// <inheritdoc/>
    protected override string MaskLine(string secret) => $"##vso[task.setsecret]{Escaped(secret)}";

    // The percent sign first: it is part of what the others become.
    private static string Escaped(string text) => text
        .Replace("%", "%AZP25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal)
        .Replace("]", "%5D", StringComparison.Ordinal)
        .Replace(";", "%3B", StringComparison.Ordinal);
}
