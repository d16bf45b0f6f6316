@echo off
rem Called by the start scripts. Sets ACOPIO_JAVA to a Java 17 or newer, or says what to do and fails.
set "ACOPIO_JAVA="
set "ACOPIO_JAVA_VERSION="
if not defined JAVA_HOME goto path
set "ACOPIO_JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%ACOPIO_JAVA%" goto version
echo JAVA_HOME is %JAVA_HOME%, but there is no bin\java.exe in it. 1>&2
goto none
:path
for %%j in (java.exe) do set "ACOPIO_JAVA=%%~$PATH:j"
if defined ACOPIO_JAVA goto version
echo No Java found. 1>&2
goto none
:version
for /f "tokens=3" %%v in ('""%ACOPIO_JAVA%" -version 2^>^&1" ^| findstr /i /c:" version "') do if not defined ACOPIO_JAVA_VERSION set "ACOPIO_JAVA_VERSION=%%~v"
if not defined ACOPIO_JAVA_VERSION goto found
for /f "delims=.-+ tokens=1" %%m in ("%ACOPIO_JAVA_VERSION%") do if %%m GEQ 17 goto found
echo The Java at %ACOPIO_JAVA% is version %ACOPIO_JAVA_VERSION%. 1>&2
:none
echo Acopio needs Java 17 or newer: install one (for example from adoptium.net) and put it on the PATH or set JAVA_HOME to its folder. 1>&2
exit /b 1
:found
exit /b 0
