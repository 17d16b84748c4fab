namespace FanOut.Reports.Pages;

/// <summary>A line on the right side of the picture of flows.</summary>
/// <param name="Name">A target's id, how many targets of a type there are, or the source that the following ones belong to.</param>
/// <param name="Note">The target's type.</param>
/// <param name="Health">How it is; null: the line is a heading.</param>
/// <param name="Delivered">How many records were delivered.</param>
/// <param name="Figure">The same as a rate, or the state in words.</param>
/// <param name="IsMany">Whether it stands for several targets.</param>
internal sealed record Leaf(string Name, string Note, Health? Health, double Delivered, string Figure, bool IsMany = false);
