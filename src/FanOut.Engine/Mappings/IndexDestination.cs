using System.Diagnostics.CodeAnalysis;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Mappings;

/// <summary>An index of Elasticsearch, OpenSearch or OpenSearch Serverless: <c>endpoint#index</c> or <c>endpoint#index/type</c>.</summary>
/// <param name="Text">The text as it stands in the table.</param>
/// <param name="Endpoint">Scheme, host and port. A host alone means HTTPS; <c>http://localhost:9200</c> is a local one.</param>
/// <param name="Index">The index, its alias, or date math such as <c>&lt;logs-{now/d}&gt;</c>; not encoded, however it was written; or its template, as <see cref="Destination.Template"/>.</param>
/// <param name="DocumentType">The type of its documents, as Elasticsearch had them before version 7; null: none.</param>
/// <param name="IsServerless">Whether it is OpenSearch Serverless, whose requests are signed for <c>aoss</c> instead of <c>es</c>.</param>
/// <param name="DomainRegion">The region that the host names; null for a host of one's own.</param>
public sealed record IndexDestination(string Text, Uri Endpoint, string Index, string? DocumentType, bool IsServerless, string? DomainRegion) : Destination(Text)
{
    /// <summary>What the template of an index makes.</summary>
    public const string IndexOfRecord = "index";

    /// <inheritdoc/>
    public override string? Region => DomainRegion;

    /// <inheritdoc/>
    public override string TemplateOf => IndexOfRecord;

    /// <summary>What goes between the host and <c>/_bulk</c>: no slash around it, each part encoded once. Where the index is made of the record, nothing goes there.</summary>
    public string Path => Template is not null ? "" : Uri.EscapeDataString(Index) + (DocumentType is null ? "" : "/" + Uri.EscapeDataString(DocumentType));

    /// <summary>Parses an endpoint and an index.</summary>
    /// <remarks>
    /// Whether there can be an index of that name is <see cref="IndexName"/>'s question, asked where one is registered: what the table has had all
    /// along is sent, and refused there, as ever.
    /// </remarks>
    /// <inheritdoc cref="Destination.TryParse"/>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out IndexDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        destination = null;
        if (HttpEndpoint.TrySplit(text, out Uri? endpoint, out string rest, out problem))
        {
            bool isTemplate = RecordPlaces.Has(rest);
            string[] parts = [.. (isTemplate ? rest.Trim('/').Split('/') : Split(rest.Trim('/'))).Select(part => RecordPlaces.Fill(part, null, Uri.UnescapeDataString))];
            problem = parts switch
            {
                [""] => "no index follows the '#'",
                _ when parts.Any(static part => part is "" or "." or "..") => "the index has an empty part, or one that is only dots",
                { Length: > 2 } => "more than an index and a type follow the '#'",
                _ when isTemplate => ProblemOfTemplate(parts),
                _ when HasSlash(parts[0]) && !IndexName.IsDateMath(parts[0]) => "a slash within the index is no part of a name",
                [_, var type] when HasSlash(type) => "a slash within the type is no part of a name",
                _ => null,
            };
            if (problem is null)
            {
                string host = endpoint.Host;
                string? region = AwsHost.Region(host, "es", "aos", "aoss");
                destination = new IndexDestination(text, endpoint, parts[0], parts.ElementAtOrDefault(1), AwsHost.IsOf(host, "aoss"), region) { Template = isTemplate ? parts[0] : null };
                return true;
            }
        }

        problem += "; es takes endpoint#index or endpoint#index/type, as in search-orders-abc.us-east-1.es.amazonaws.com#orders";
        return false;
    }

    private static string? ProblemOfTemplate(string[] parts) => parts switch
    {
        [var index, ..] when RecordPlaces.Fill(index, "").AsSpan().IndexOfAny('<', '>') >= 0 =>
            "the index has '<' or '>' beside those of the record's values; date math, as in <logs-{now/d}>, has no values of the record in it",
        [_, var type] when RecordPlaces.Has(type) => "the type has a value of the record in it, which only the index may have",
        _ when Array.Exists(parts, HasSlash) => "a slash is no part of an index's name, nor of a type's",
        _ => null,
    };

    private static bool HasSlash(string part) => part.Contains('/', StringComparison.Ordinal);

    /// <summary>Splits at slashes, but not at those of date math.</summary>
    private static string[] Split(string path)
    {
        int end = path.StartsWith('<') ? path.IndexOf('>', StringComparison.Ordinal) + 1 : 0;
        return end == 0 ? path.Split('/')
            : end == path.Length ? [path]
            : path[end] == '/' ? [path[..end], .. path[(end + 1)..].Split('/')]
            : [path];
    }
}
