using System.Management.Automation;
using FanOut.Completion;

namespace FanOut.Parameters;

/// <summary>Keeps PowerShell from offering the names of files for a value that cannot be known.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotAFileAttribute() : ArgumentCompleterAttribute(typeof(NothingCompleter));
