using System.Collections;
using System.Text.RegularExpressions;

namespace FanOut.DesiredState.Files;

/// <summary>
/// Puts values in the place of <c>${env:NAME}</c> and <c>${param:NAME}</c> in texts, so that one file serves several stages. It is done with values that are read
/// already: whatever is put in, it stays part of the text. <c>$${</c> is a plain <c>${</c>. A text that is nothing but <c>${param:NAME}</c> becomes what was given,
/// also a number, a list or a hashtable.
/// </summary>
/// <param name="parameters">What -Parameter gives; null: nothing.</param>
/// <param name="environment">Gives the environment's variables; null: there is no such variable.</param>
/// <param name="faults">Where faults are noted.</param>
internal sealed partial class FillPlaces(IDictionary? parameters, Func<string, string?> environment, StateFaults faults)
{
    private readonly Dictionary<string, object?> _parameters = (parameters ?? new Hashtable()).Cast<DictionaryEntry>()
        .GroupBy(static e => $"{e.Key}", StringComparer.OrdinalIgnoreCase).ToDictionary(static g => g.Key, static g => g.First().Value, StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of -Parameter that nothing asked for: perhaps they are misspelt.</summary>
    public IEnumerable<string> Unused => _parameters.Keys.Except(_used, StringComparer.OrdinalIgnoreCase);

    /// <summary>The value with all places filled.</summary>
    public StateNode Fill(StateNode node) => node switch
    {
        { Members: { } members } => new StateNode(node.Path, node.Line) { Members = [.. members.Select(m => (m.Name, Fill(m.Value)))] },
        { Items: { } items } => new StateNode(node.Path, node.Line) { Items = [.. items.Select(Fill)] },
        { Scalar: string text } when text.Contains("${", StringComparison.Ordinal) => Text(node, text),
        _ => node,
    };

    private StateNode Text(StateNode node, string text)
    {
        if (Place().Match(text) is { Success: true } whole && whole.Length == text.Length && IsParameter(whole))
        {
            return ReadObject.Of(Parameter(node, whole), node.Path, node.Line);
        }

        return node.With(Place().Replace(text, place => place.Value.StartsWith("$$", StringComparison.Ordinal) ? "${" : Value(node, place)));
    }

    private string Value(StateNode node, Match place)
    {
        if (IsParameter(place))
        {
            return ReadObject.Of(Parameter(node, place), node.Path) is { Items: null, Members: null, Scalar: var scalar } ? Written(scalar)
                : Wrong(node, place, $"is part of a text, and -Parameter gives no text or number for '{place.Groups["name"].Value}'");
        }

        string name = place.Groups["name"].Value;
        return place.Groups["kind"].Value.Equals("env", StringComparison.OrdinalIgnoreCase) && name.Length > 0
            ? environment(name) ?? Wrong(node, place, $"is not there: set the environment variable {name}")
            : Wrong(node, place, "is not known: ${env:NAME} takes a variable of the environment, ${param:NAME} a value of -Parameter; $${ is a plain ${");
    }

    private object? Parameter(StateNode node, Match place)
    {
        string name = place.Groups["name"].Value;
        _used.Add(name);
        return _parameters.TryGetValue(name, out object? value) ? value : Wrong(node, place, $"is not there: give -Parameter @{{ {name} = … }}");
    }

    // What is in a text is the same on every machine.
    private static string Written(object? scalar) => scalar is bool flag ? flag ? "true" : "false" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{scalar}");

    private string Wrong(StateNode node, Match place, string problem)
    {
        faults.Add(node, $"{place.Value} {problem}");
        return "";
    }

    private static bool IsParameter(Match place) => place.Groups["kind"].Value.Equals("param", StringComparison.OrdinalIgnoreCase) && place.Groups["name"].Length > 0;

    [GeneratedRegex(@"\$\$\{|\$\{(?<kind>[^:{}]*):?(?<name>[^{}]*)\}?")]
    private static partial Regex Place();
}
