using System.Management.Automation;
using System.Reflection;
using FanOut.Commands;
using FanOut.DesiredState.Files;
using FanOut.Parameters;

namespace FanOut.DesiredState.Sections;

/// <summary>Reads the sections of a desired state: which names there are, and what their values may be, the cmdlets' own parameters say.</summary>
/// <param name="faults">Where faults are noted.</param>
internal sealed class ReadSections(StateFaults faults)
{
    private const string Function = "Function", Sources = "Sources", Targets = "Targets", Schema = "$schema";

    // Connect-FanOutSource takes several sources; what names one is as where it names a target's.
    private static readonly string[] Names = [nameof(RegisterFanOutTargetCommand.Source), nameof(RegisterFanOutTargetCommand.SourceArn), nameof(RegisterFanOutTargetCommand.SourceType)];

    private static readonly Dictionary<string, PropertyInfo>
        OfFunction = Parameters(SectionParameters.Function, typeof(PublishFanOutFunctionCommand)),
        OfSource = Parameters(SectionParameters.Source, typeof(ConnectFanOutSourceCommand)),
        OfTarget = Parameters(SectionParameters.Target, typeof(RegisterFanOutTargetCommand));

    /// <summary>Reads a whole state.</summary>
    public StateSections Of(StateNode whole)
    {
        if (whole.Members is not { } members)
        {
            faults.Add(whole, $"It is {whole.Kind}; a desired state is an object with {Function}, {Sources} and {Targets}, or some of them");
            return new StateSections();
        }

        var names = new Dictionary<string, StateNode>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, StateNode value) in members)
        {
            if (!new[] { Function, Sources, Targets, Schema }.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                faults.Add(value, $"There is no section '{name}'{Meant(name, [Function, Sources, Targets])}: {Function}, {Sources} and {Targets} are the sections");
            }
            else if (!names.TryAdd(name, value))
            {
                faults.Add(value, "It is there twice");
            }
        }

        return new StateSections
        {
            Function = names.TryGetValue(Function, out StateNode? function) && Values(function, OfFunction) is { } values ? new FunctionPart(function, values) : null,
            Sources = List(names, Sources, (n, v) => new SourcePart(n, v), OfSource),
            Targets = List(names, Targets, (n, v) => new TargetPart(n, v), OfTarget),
        };
    }

    /// <summary>Reads a target that is piped in. Properties that say nothing of the target are not looked at, and parameters may have their other names.</summary>
    /// <param name="row">The object.</param>
    public TargetPart OfPiped(StateNode row)
    {
        (string, StateNode)[] known = [.. from member in row.Members ?? [] let name = NameOf(member.Name) where name is not null && !member.Value.IsEmpty select (name, member.Value)];
        var node = new StateNode(row.Path, row.Line) { Members = [.. known.DistinctBy(static m => m.Item1)] };
        return new TargetPart(node, Values(node, OfTarget) ?? []);
    }

    private static string? NameOf(string property) => OfTarget.Values
        .FirstOrDefault(p => (p.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Prepend(p.Name).Contains(property, StringComparer.OrdinalIgnoreCase))?.Name;

    private List<T>? List<T>(Dictionary<string, StateNode> names, string name, Func<StateNode, Dictionary<string, object?>, T> make, Dictionary<string, PropertyInfo> parameters)
    {
        if (!names.TryGetValue(name, out StateNode? list))
        {
            return null;
        }

        if (list.Items is null)
        {
            faults.Add(list, $"It is {list.Kind}; a list is wanted, in which each is an object");
            return null;
        }

        List<T> all = [];
        foreach (StateNode item in list.Items)
        {
            if (Values(item, parameters) is { } values)
            {
                all.Add(make(item, values));
            }
        }

        return all;
    }

    private Dictionary<string, object?>? Values(StateNode section, Dictionary<string, PropertyInfo> parameters)
    {
        if (section.Members is not { } members)
        {
            faults.Add(section, $"It is {section.Kind}; an object is wanted");
            return null;
        }

        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, StateNode value) in members)
        {
            if (!parameters.TryGetValue(name, out PropertyInfo? parameter))
            {
                faults.Add(value, $"There is no '{name}'{Meant(name, parameters.Keys)}");
            }
            else if (values.ContainsKey(name))
            {
                faults.Add(value, "It is there twice");
            }
            else
            {
                values[name] = null;
                faults.Try(value, () => values[parameter.Name] = BindParameter.Of(parameter, value));
            }
        }

        return values;
    }

    private static string Meant(string name, IEnumerable<string> known) => new MeantSetting(known.ToDictionary(static k => k, static k => k, StringComparer.OrdinalIgnoreCase)).NearestTo(name) is { } near ? $"; is {near} meant?" : "";

    private static Dictionary<string, PropertyInfo> Parameters(string section, Type cmdlet) =>
        SectionParameters.Of(section).ToDictionary(static n => n, n => (Names.Contains(n) ? typeof(RegisterFanOutTargetCommand) : cmdlet).GetProperty(n)!, StringComparer.OrdinalIgnoreCase);
}
