using System.Management.Automation;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using FanOut.DesiredState.Sections;
using FanOut.Errors;

namespace FanOut.DesiredState.Files;

/// <summary>All that is wrong in a desired state: who mends it wants to know everything at once.</summary>
/// <param name="origin">What the state was read from, for the error.</param>
internal sealed partial class StateFaults(string origin)
{
    private readonly List<StateFault> _faults = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _faults.Count == 0;

    /// <summary>Notes a fault.</summary>
    public void Add(StateNode at, string problem) => Add(at.Line, at.Path, problem);

    /// <summary>Notes a fault.</summary>
    public void Add(int? line, string path, string problem) => _faults.Add(new StateFault(line, path, FanOutError.Sentence(problem)));

    /// <summary>Does a step for a value; what it finds wrong with it is noted.</summary>
    public void Try(StateNode at, Action step) => Try(at, _ => at, step);

    /// <summary>Does a step for a section; what it finds wrong with it is noted, at the value of the parameter that the message begins with: <c>-BatchSize is …</c>.</summary>
    public void Try(StatePart section, Action step) =>
        Try(section.Node, m => Parameter().Match(m) is { Success: true } named ? section.At(named.Groups[1].Value) : section.Node, step);

    private void Try(StateNode at, Func<string, StateNode> place, Action step)
    {
        try
        {
            step();
        }
        catch (FanOutException e) when (!e.IsTerminating)
        {
            Add(place(e.Message), Told(e));
        }
        catch (AmazonServiceException e) when (FanOutError.Of(e, at.Path, null) is { IsTerminating: false } known)
        {
            Add(at, Told(known));
        }
        catch (Exception e) when (e is ArgumentTransformationMetadataException or ValidationMetadataException or PSInvalidCastException)
        {
            Add(at, e.Message);
        }
    }

    /// <summary>Ends with an error that tells all faults, if there are any.</summary>
    /// <exception cref="FanOutException">StateInvalid.</exception>
    public void ThrowIfAny()
    {
        if (!IsEmpty)
        {
            throw FanOutError.StateInvalid(origin, [.. _faults.OrderBy(static f => f.Line ?? int.MaxValue).Select(static f => f.ToString())]);
        }
    }

    private static string Told(FanOutException e) => $"{FanOutError.Sentence(e.Message)}{(e.Advice is { } advice ? $" {advice}" : "")}";

    [GeneratedRegex(@"^-(\w+) ")]
    private static partial Regex Parameter();
}
