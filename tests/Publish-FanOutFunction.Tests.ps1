Describe 'Publish-FanOutFunction' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $folder = Join-Path ([IO.Path]::GetTempPath()) "fanout-$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory -Path $folder
        $package = Join-Path $folder function.zip
        New-FunctionPackage -Path $package
        $PSDefaultParameterValues['Publish-FanOutFunction:SkipTest'] = $true
    }

    AfterAll {
        Stop-Cloud
        Remove-Item -Recurse -Path $folder
    }

    It 'makes the table, the role, the log group and the function' {
        Clear-Call
        $function = Publish-FanOutFunction -FunctionName fresh -PackagePath $package

        $function.State | Should -Be 'Active'
        $function.TableName | Should -Be 'freshTargets'
        (Get-Change)[-1] | Should -Be 'CreateFunction'
    }

    It 'changes nothing the second time' {
        Clear-Call
        (Publish-FanOutFunction -FunctionName fresh -PackagePath $package).FunctionName | Should -Be 'fresh'
        @(Get-Change).Count | Should -Be 0
    }

    It 'changes only what is said' {
        (Publish-FanOutFunction -FunctionName fresh -PackagePath $package -MemorySize 256).MemorySize | Should -Be 256
        Clear-Call
        $null = Publish-FanOutFunction -FunctionName fresh -PackagePath $package -MemorySize 512 -WhatIf
        @(Get-Change).Count | Should -Be 0
    }

    It 'says that a function does not run' {
        { Publish-FanOutFunction -FunctionName fresh -PackagePath $package -SkipTest:$false -ErrorAction Stop } | Should -Throw -ErrorId 'FunctionTestFailed,FanOut.Commands.PublishFanOutFunctionCommand'
    }

    It 'refuses a function that is not a fan-out function' {
        $null = $lambda.Add('foreign', [FanOut.LocalCloud.Lambda.RecordingFunction]::new())
        { Publish-FanOutFunction -FunctionName foreign -PackagePath $package -ErrorAction Stop } | Should -Throw -ErrorId 'FunctionNotFanOut,FanOut.Commands.PublishFanOutFunctionCommand'
    }
}
