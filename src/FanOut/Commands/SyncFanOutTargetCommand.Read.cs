using FanOut.Annotations;
using FanOut.Deployment;
using FanOut.DesiredState.Files;
using FanOut.DesiredState.Plans;
using FanOut.DesiredState.Sections;
using FanOut.Destinations;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Commands;

/// <content>Reads the state, checks it as the cmdlets check their parameters, and looks its names up. Only reads.</content>
public sealed partial class SyncFanOutTargetCommand
{
    private readonly ResolveSource _resolve = new();
    private readonly FindStreamedTable _tables = new();

    private WantedState ReadState()
    {
        if (_piped.Count == 0 && NullIfEmpty(Path) is null)
        {
            throw FanOutError.InvalidParameter(nameof(Path), null, MyInvocation.ExpectingInput ? "is missing, and nothing was piped in: that targets are to go is said by a file." : "is missing: give the file that says what is wanted, or pipe targets in.");
        }

        string origin = NullIfEmpty(Path) is { } path ? GetUnresolvedProviderPathFromPSPath(path) : "what was piped in";
        var faults = new StateFaults(origin);
        StateSections sections = Sections(origin, faults);
        if (_piped.Count == 0)
        {
            NameFunction(sections.Function, faults);
        }

        faults.ThrowIfAny();
        PublishSettings? settings = null;
        _makesTable = sections.Function is not null;
        if (sections.Function is { } function)
        {
            faults.Try(function, () => settings = GivenFunction.Of(function, Function, GivenTable) with
            {
                Alias = function.Alias,
                PackagePath = NullIfEmpty(PackagePath) is { } package ? GetUnresolvedProviderPathFromPSPath(package) : null,
                SkipPolicy = SkipPolicy,
                Patience = WaitTimeout,
            });
        }

        List<WantedConnection>? sources = sections.Sources is null ? null : Connections(sections.Sources, faults);
        List<WantedTarget>? targets = sections.Targets is null ? null : Targets(sections.Targets, sources, faults);
        faults.ThrowIfAny();
        return new WantedState
        {
            Function = settings,
            Alias = NullIfEmpty(sections.Function?.Alias),
            Sources = sources,
            Targets = targets,
            TargetsOf = _piped.Count == 0 ? null : targets!.Select(static t => t.Mapping.SourceArn).ToHashSet(),
        };
    }

    private StateSections Sections(string origin, StateFaults faults)
    {
        var read = new ReadSections(faults);
        if (_piped.Count > 0)
        {
            return new StateSections { Targets = [.. _piped.Select(read.OfPiped)] };
        }

        if (new[] { nameof(Source), nameof(SourceArn), nameof(SourceType), nameof(Id) }.FirstOrDefault(IsExplicit) is { } parameter)
        {
            throw FanOutError.InvalidParameter(parameter, null, $"is for piped targets: {origin} says itself whose they are.");
        }

        var places = new FillPlaces(Parameter, Environment.GetEnvironmentVariable, faults);
        StateNode whole = places.Fill(ReadStateFile.Of(origin, faults));
        faults.ThrowIfAny();
        if (places.Unused.ToArray() is { Length: > 0 } unused)
        {
            WriteWarning($"-Parameter has {string.Join(", ", unused)}, for which {origin} does not ask.");
        }

        return read.Of(whole);
    }

    // What is typed counts more than what the file says, and that more than $PSDefaultParameterValues.
    private void NameFunction(FunctionPart? section, StateFaults faults)
    {
        if (NullIfEmpty(section?.FunctionName) is { } name && !IsExplicit(nameof(FunctionName)))
        {
            FunctionName = name;
        }

        if (NullIfEmpty(section?.TableName) is { } table && !IsExplicit(nameof(TableName)))
        {
            TableName = table;
        }

        Renew();
        if (section is not null)
        {
            faults.Try(section, () => (_, _) = (Function, MappingsIn(Table)));
        }
    }

    private StateNode WithSource(StateNode row)
    {
        bool hasOwn = row.Members!.Any(static m => m.Name.ToUpperInvariant() is "SOURCE" or "SOURCEARN" or "STREAMARN" or "LATESTSTREAMARN" or "EVENTSOURCEARN" && !m.Value.IsEmpty);
        if (hasOwn && !IsExplicit(nameof(Source)) && !IsExplicit(nameof(SourceArn)))
        {
            return row;
        }

        (string, StateNode) Member(string name, object? value) => (name, ReadObject.Of(value, row.PathOf(name)));
        return new StateNode(row.Path, row.Line)
        {
            Members =
            [
                .. row.Members!.Where(static m => m.Name.ToUpperInvariant() is not ("SOURCE" or "SOURCEARN" or "SOURCETYPE" or "STREAMARN" or "LATESTSTREAMARN" or "EVENTSOURCEARN")),
                .. IsNameMeant(NullIfEmpty(SourceArn) is not null, NullIfEmpty(Source) is not null) ? [Member(nameof(Source), Source), Member(nameof(SourceType), SourceType)]
                    : new[] { Member(nameof(SourceArn), SourceArn) },
            ],
        };
    }

    private List<WantedConnection> Connections(IReadOnlyList<SourcePart> sections, StateFaults faults)
    {
        List<WantedConnection> all = [];
        TopicSettings? ofTopics = null;
        foreach (SourcePart section in sections)
        {
            faults.Try(section, () =>
            {
                string sourceArn = SourceOf(section) ?? throw FanOutError.SourceMissing();
                if (all.Exists(c => c.SourceArn == sourceArn))
                {
                    throw FanOutError.InvalidParameter(nameof(Source), sourceArn, $"is there twice: {sourceArn}.");
                }

                string eventSourceArn = section.Value(nameof(SourceArn)) as string is { Length: > 0 } given ? given : sourceArn;
                if (Engine.Events.SourceArn.IsOf(SourceKind.Sns, sourceArn))
                {
                    TopicRegion.Check(sourceArn, Function.Text, FunctionSession.Region);
                    TopicSettings topic = TopicSettings.Of(section);
                    topic = (topic with { OnFailureDestination = FindFailureDestination(topic.OnFailureDestination) }).Checked();
                    if (ofTopics is { } other && (other with { Enabled = topic.Enabled }) != topic)
                    {
                        throw FanOutError.InvalidParameter(nameof(section.MaximumRetryAttempts), null, "-MaximumRecordAge and -OnFailureDestination belong to all topics of a function together: give each topic the same.");
                    }

                    ofTopics = topic;
                    all.Add(new WantedConnection(sourceArn, sourceArn, null, topic, section.Suspended));
                    return;
                }

                EventSource.CheckRegion(sourceArn, Function, FunctionSession.Region);
                ConnectionSettings stream = ConnectionSettings.Of(section).Checked(sourceArn);
                all.Add(new WantedConnection(sourceArn, eventSourceArn, stream with { OnFailureDestination = FindFailureDestination(stream.OnFailureDestination) }, null, section.Suspended));
            });
        }

        return all;
    }

    private List<WantedTarget> Targets(IReadOnlyList<TargetPart> sections, List<WantedConnection>? sources, StateFaults faults)
    {
        Dictionary<(string, string), WantedTarget> all = [];
        Dictionary<(string, string), TargetRow> rows = Rows;
        foreach (TargetPart section in sections)
        {
            faults.Try(section, () =>
            {
                string sourceArn = SourceOf(section) ?? (sources is [var only] ? only.SourceArn
                    : throw FanOutError.InvalidParameter(nameof(Source), null, $"is missing: whose records is it to get?{(sources is { Count: > 1 } ? $" There are {sources.Count} Sources." : "")}"));
                TargetRow? there = rows.GetValueOrDefault((sourceArn, section.Id));
                bool isShown = IsShownAs(section.Given, there);
                Mapping mapping = Resolve(WithPassword(section.Given, () => there), sourceArn, out FoundDeadLetter? deadLetter, isShown ? true : null).Check(Own);
                Mask(MaskedSecrets.In(mapping.Destination));
                StreamedTable? streamed = FindStreamed(_tables, sourceArn);
                Warn(Judge(mapping, streamed, deadLetter, p => p is not (nameof(FanOutTarget.HashKey) or nameof(FanOutTarget.Parallel)) && section.Has(p)));
                if (!all.TryAdd((sourceArn, mapping.Id), new WantedTarget(mapping, section.Enabled, section.Value(nameof(FanOutTarget.HashKey)) is not null, streamed?.HashKey)))
                {
                    throw FanOutError.InvalidParameter(nameof(Id), mapping.Id, $"'{mapping.Id}' is there twice for {sourceArn}.");
                }
            });
        }

        return [.. all.Values];
    }

    // Null: none is named.
    private string? SourceOf(StatePart section)
    {
        string? arn = section.Value(nameof(SourceArn)) as string, name = section.Value(nameof(Source)) as string;
        return string.IsNullOrEmpty(arn) && string.IsNullOrEmpty(name) ? null
            : Await(_resolve.ArnAsync(FunctionSession, NullIfEmpty(arn), NullIfEmpty(name), section.Value(nameof(SourceType)) as SourceType?, StopToken));
    }
}
