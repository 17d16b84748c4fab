namespace FanOut.Deployment.Policies;

/// <summary>One permission on one resource, before those of the same purpose are put together.</summary>
/// <param name="Sid">The purpose, which becomes the statement's id: letters and digits.</param>
/// <param name="Actions">The actions.</param>
/// <param name="Resource">ARN of the resource, in the form that IAM reads; see <see cref="IamText.Literal"/>.</param>
/// <param name="Condition">What else must hold; none: nothing.</param>
internal sealed record Grant(string Sid, IReadOnlyList<string> Actions, string Resource, Condition? Condition = null);
