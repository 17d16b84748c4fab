namespace FanOut.Annotations;

/// <summary>A warning or an error as a CI service shows it beside a run, and beside a line of a script.</summary>
/// <param name="Kind">How bad it is.</param>
/// <param name="Command">The cmdlet that wrote it: <c>Connect-FanOutSource</c>.</param>
/// <param name="Code">The id of an error: <c>TargetNotFound</c>; null: a warning, which has none.</param>
/// <param name="Message">What it says; it may have several lines.</param>
/// <param name="Position">The call in a script of the repository; null: it stands somewhere else.</param>
internal sealed record Annotation(AnnotationKind Kind, string Command, string? Code, string Message, ScriptLine? Position);
