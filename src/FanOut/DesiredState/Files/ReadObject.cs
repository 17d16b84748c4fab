using System.Collections;
using System.Management.Automation;
using System.Security;

namespace FanOut.DesiredState.Files;

/// <summary>Takes an object of PowerShell as a value: what is piped in, or what <c>-Parameter</c> gives.</summary>
internal static class ReadObject
{
    /// <summary>An object with its properties as members, of whatever kind it is.</summary>
    /// <param name="row">The object.</param>
    /// <param name="path">Where it stands in the whole.</param>
    public static StateNode Row(PSObject row, string path) => row.BaseObject is IDictionary
        ? Of(row, path)
        : new StateNode(path, null) { Members = [.. row.Properties.Where(static p => p.IsGettable).Select(p => (p.Name, Of(p.Value, $"{path}.{p.Name}")))] };

    /// <summary>The value.</summary>
    /// <param name="value">The object.</param>
    /// <param name="path">Where it stands in the whole.</param>
    /// <param name="line">The line where it is asked for; null: it came through the pipeline.</param>
    public static StateNode Of(object? value, string path, int? line = null)
    {
        var node = new StateNode(path, line);
        object? given = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
        return given switch
        {
            SecureString secret => node.With(new System.Net.NetworkCredential("", secret).Password),
            IDictionary table => new StateNode(path, line) { Members = [.. table.Cast<DictionaryEntry>().Select(e => ($"{e.Key}", Of(e.Value, node.PathOf($"{e.Key}"), line)))] },
            PSObject custom => new StateNode(path, line) { Members = [.. custom.Properties.Where(static p => p.IsGettable).Select(p => (p.Name, Of(p.Value, node.PathOf(p.Name), line)))] },
            string text => node.With(text),
            SwitchParameter flag => node.With(flag.ToBool()),
            byte or sbyte or short or ushort or int or uint => node.With(Convert.ToInt64(given, System.Globalization.CultureInfo.InvariantCulture)),
            Enum word => node.With(word.ToString()),
            IEnumerable list => new StateNode(path, line) { Items = [.. list.Cast<object?>().Select((e, i) => Of(e, node.PathOf(i), line))] },
            _ => node.With(given),
        };
    }
}
