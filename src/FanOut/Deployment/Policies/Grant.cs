namespace FanOut.Deployment.Policies;

/// <summary>A permission on one resource; grants of the same purpose become one statement.</summary>
/// <param name="Sid">The purpose, which becomes the statement's id: letters and digits.</param>
/// <param name="Actions">The actions.</param>
/// <param name="Resource">ARN of the resource, in the form that IAM reads; see <see cref="IamText.Literal"/>.</param>
/// <param name="Condition">A further condition; null: none.</param>
internal sealed record Grant(string Sid, IReadOnlyList<string> Actions, string Resource, Condition? Condition = null);
