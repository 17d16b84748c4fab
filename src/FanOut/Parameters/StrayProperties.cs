using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace FanOut.Parameters;

/// <summary>Properties of piped rows that no parameter takes although somebody must have meant one: Transfrom, or Role as the table calls it.</summary>
/// <remarks>
/// Rows are what people write themselves: of a CSV file, of JSON, as [pscustomobject]. What AWS.Tools and this module output has a type, and may have any
/// property that it likes. A row may have columns for other purposes as well, so only a name that is close to a parameter's is taken for a slip.
/// A filter that counts for nothing would let all records through, so what is JSON, and is called Filters or Filter2, is a slip as well.
/// </remarks>
/// <param name="settings">The names of the parameters that rows may set.</param>
/// <param name="cmdlet">The cmdlet that has them.</param>
/// <param name="output">What its output is: its properties are not parameters all of them, and are no slips.</param>
internal sealed class StrayProperties(IEnumerable<string> settings, Type cmdlet, Type output)
{
    private static readonly string[] Rows = [typeof(PSCustomObject).FullName!, $"Deserialized.{typeof(PSCustomObject).FullName}"];

    private readonly Dictionary<string, string> _parameters = NamesOf(cmdlet, settings);
    private readonly MeantSetting _meant = new(NamesOf(cmdlet, settings));
    private readonly HashSet<string> _output = new(output.GetProperties().Select(static p => p.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>The slips of a piped object.</summary>
    /// <param name="piped">The object.</param>
    /// <param name="isGiven">Whether a parameter has its value from elsewhere; then nothing is missing.</param>
    public IEnumerable<StrayProperty> In(PSObject? piped, Predicate<string> isGiven)
    {
        if (piped is null || !piped.TypeNames.Any(Rows.Contains))
        {
            yield break;
        }

        foreach (PSPropertyInfo property in piped.Properties.OfType<PSNoteProperty>().Where(p => p.Value is not (null or "") && !_parameters.ContainsKey(p.Name) && !_output.Contains(p.Name)))
        {
            string? meant = _meant.SlipOf(property.Name) ?? JsonOf(property);
            if (meant is not null && !isGiven(meant) && !_parameters.Any(p => p.Value == meant && piped.Properties[p.Key]?.Value is not (null or "")))
            {
                yield return new StrayProperty(property.Name, meant);
            }
        }
    }

    private string? JsonOf(PSPropertyInfo property) => _meant.SingularOf(property.Name) is { } one
        && cmdlet.GetProperty(one)!.IsDefined(typeof(JsonTextAttribute))
        && (property.Value is IDictionary or PSObject { BaseObject: PSCustomObject or IDictionary } || $"{property.Value}".TrimStart().StartsWith('{')) ? one : null;

    // What names function, table, region and caller is known too.
    private static Dictionary<string, string> NamesOf(Type cmdlet, IEnumerable<string> settings)
    {
        IEnumerable<string> common = cmdlet.GetProperties().Where(static p => p.GetCustomAttributes<ParameterAttribute>().Any(static a => a.ValueFromPipelineByPropertyName)).Select(static p => p.Name);
        return (from name in settings.Concat(common).Distinct()
                let property = cmdlet.GetProperty(name)!
                from known in (property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Prepend(name)
                select (known, name)).ToDictionary(static n => n.known, static n => n.name, StringComparer.OrdinalIgnoreCase);
    }
}
